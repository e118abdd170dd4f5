import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { buildSchema } from 'graphql';
import { loadEnv } from '../src/config/file.ts';
import { ConfigError, readToolConfig } from '../src/config/index.ts';
import { printContract } from '../src/graphql/contract.ts';
import { ALL_KEYS, idOf, isHashOf, MAX_DOCUMENT_BYTES } from '../src/graphql/documents/in-redis.ts';
import { readManifest } from '../src/graphql/documents/trusted.ts';
import { type Send, withRedis } from '../src/redis/briefly.ts';
import { RedisError } from '../src/redis/state.ts';
import { type Change, changesSinceRelease, describeChanges, RELEASED } from './contract-changes.ts';
import { changesOfDocuments, describeDocuments } from './document-changes.ts';

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

/**
 * The documents that clients name, by their ids.
 *
 * @param from The file of a manifest; `redis`: the documents of the Redis at `REDIS_URL`.
 * @throws ConfigError for what is wrong with either; RedisError if Redis does not give them.
 */
async function readDocuments(from: string): Promise<ReadonlyMap<string, string>> {
  if (from !== 'redis') return readManifest(from, 'The manifest is');
  loadEnv();
  const { redisUrl } = readToolConfig();
  if (redisUrl === undefined) throw new ConfigError(['REDIS_URL must be set']);
  return withRedis(redisUrl, readAll);
}

async function readAll(send: Send): Promise<ReadonlyMap<string, string>> {
  const documents = new Map<string, string>();
  let cursor = '0';
  do {
    const reply = await send(['SCAN', cursor, 'MATCH', ALL_KEYS, 'COUNT', '1000']);
    const [next, keys] = reply as [Buffer, Buffer[]];
    for (const key of keys.map(String)) {
      const text = String(await send(['GETRANGE', key, '0', String(MAX_DOCUMENT_BYTES)]));
      // The gateway gives no others.
      if (isHashOf(idOf(key), text)) documents.set(idOf(key), text);
    }
    cursor = String(next);
  } while (cursor !== '0');
  return documents;
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
