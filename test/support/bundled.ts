import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { threadId } from 'node:worker_threads';

const ROOT = join(import.meta.dirname, '../..');
/** One for each worker, since they build side by side. */
const FOLDER = join(ROOT, `dist/tests/${threadId}`);
/** A program of its own, since esbuild has plugins only where nobody waits for it. */
const BUILD = `import { build } from 'esbuild';
import { BUNDLE } from './scripts/bundle.ts';
await build({ ...BUNDLE, outdir: process.argv[1] });`;

let isBuilt = false;

/**
 * The file of a program as `npm run build` makes it and the image runs it: that starts in half the time of its source.
 * A worker builds it when a test first asks.
 */
export function bundled(program: 'main' | 'doctor'): string {
  if (!isBuilt)
    execFileSync(process.execPath, ['--input-type=module', '--eval', BUILD, FOLDER], { cwd: ROOT });
  isBuilt = true;
  return join(FOLDER, `${program}.js`);
}
