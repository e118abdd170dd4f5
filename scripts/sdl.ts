import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { printContract } from '../src/graphql/contract.ts';

/*
 * The contract in schema/ -> `schema.graphql`, the very text that the gateway serves. With `--check` it
 * writes nothing, and fails where the committed file is stale.
 *
 * Not codegen's `schema-ast` (6.1.0): even with `sort: false` it orders the types anew, and it leaves out the blank
 * lines between fields.
 */
const FILE = 'schema.graphql';
const text = printContract();

if (!process.argv.includes('--check')) {
  writeFileSync(FILE, text);
} else if (!existsSync(FILE) || readFileSync(FILE, 'utf8') !== text) {
  process.stderr.write(`${FILE} is stale: run \`npm run codegen\` and commit it.\n`);
  process.exitCode = 1;
}
