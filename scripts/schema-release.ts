import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { printContract } from '../src/graphql/contract.ts';
import { changesSinceRelease, describeChanges, RELEASED } from './contract-changes.ts';

/*
 * Makes the contract the last released one, which `npm run schema:check` holds the next ones to. Breaking
 * changes are accepted with `--breaking` alone, so that no routine release does it unseen.
 */
const changes = await changesSinceRelease();
if (changes) process.stdout.write(describeChanges(changes));
if (changes && changes.breaking.length > 0 && !process.argv.includes('--breaking')) {
  process.stderr.write(
    'Not released. To break these queries: npm run schema:release -- --breaking\n',
  );
  process.exitCode = 1;
} else {
  mkdirSync(dirname(RELEASED), { recursive: true });
  writeFileSync(RELEASED, printContract());
}
