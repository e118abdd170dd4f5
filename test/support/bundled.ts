import { join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { buildSync } from 'esbuild';
import { BUNDLE } from '../../scripts/bundle.ts';

/** One for each worker, since they build side by side. */
const FOLDER = join(import.meta.dirname, `../../dist/tests/${threadId}`);

let isBuilt = false;

/**
 * The file of a program as `npm run build` makes it and the image runs it: that starts in half the time of its source.
 * A worker builds it when a test first asks.
 */
export function bundled(program: 'main' | 'doctor'): string {
  if (!isBuilt) buildSync({ ...BUNDLE, outdir: FOLDER });
  isBuilt = true;
  return join(FOLDER, `${program}.js`);
}
