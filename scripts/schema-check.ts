import { changesSinceRelease, describeChanges, RELEASED } from './contract-changes.ts';

/* Fails on a change that breaks queries which the last release has taken. */
const changes = await changesSinceRelease();
if (changes === undefined) {
  process.stderr.write(`${RELEASED} is not there: run \`npm run schema:release\` and commit it.\n`);
  process.exitCode = 1;
} else {
  process.stdout.write(describeChanges(changes));
  if (changes.breaking.length > 0) {
    process.stderr.write(
      'Queries that front ends send would fail. Deprecate and release first, or accept it: docs/schema.md\n',
    );
    process.exitCode = 1;
  }
}
