import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { ConfigError } from '../src/config/index.ts';
import { printContract } from '../src/graphql/contract.ts';
import { RedisError } from '../src/redis/state.ts';
import { type Change, changesSinceRelease, describeChanges, RELEASED } from './contract-changes.ts';
import { changesOfDocuments, describeDocuments } from './document-changes.ts';
import { readDocuments } from './documents-in-use.ts';

/*
 * Fails on a change that breaks queries which the last release has taken. With `--documents FILE`, or `--documents
 * redis`, it also fails where a document of these would break, and says which operation.
 */
const fail = (why: string): void => {
  process.stderr.write(`${why}\n`);
  process.exitCode = 1;
};

async function checkDocuments(from: string, breaking: readonly Change[]): Promise<void> {
  const documents = await readDocuments(from);
  const released = readFileSync(RELEASED, 'utf8');
  const present = buildSchema(printContract());
  const found = changesOfDocuments(documents, { released, present, breaking });
  process.stdout.write(describeDocuments(found, documents.size));
  if (found.broken.length > 0) fail('Clients in use would fail. See docs/schema.md');
}

const { documents } = parseArgs({ options: { documents: { type: 'string' } } }).values;
const changes = await changesSinceRelease();
if (changes === undefined) {
  fail(`${RELEASED} is not there: run \`npm run schema:release\` and commit it.`);
} else {
  process.stdout.write(describeChanges(changes));
  if (changes.breaking.length > 0)
    fail(
      'Queries that front ends send would fail. Deprecate and release first, or accept it: docs/schema.md',
    );
  if (documents !== undefined)
    await checkDocuments(documents, changes.breaking).catch((error: unknown) => {
      if (error instanceof ConfigError) fail(error.problems.join('\n'));
      else if (error instanceof RedisError) fail(String(error));
      else throw error;
    });
}
