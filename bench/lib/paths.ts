import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export const BENCH = join(import.meta.dirname, '..');
export const ROOT = join(BENCH, '..');
/** Compiled programs, request files, logs: nothing that is kept. */
export const WORK = join(BENCH, '.work');

/** The Node that the project brings, and that production runs on. */
export const NODE = join(ROOT, 'node_modules/node/bin/node');

/** The project's own, by name. */
export const { scripts: SCRIPTS } = JSON.parse(
  readFileSync(join(ROOT, 'package.json'), 'utf8'),
) as {
  readonly scripts: Readonly<Record<'start' | 'start:built', string>>;
};

/** The flags of Node that production starts with; every peer is given the same. */
export const NODE_FLAGS = SCRIPTS.start
  .split(' ')
  .filter((word) => word.startsWith('--') && !word.startsWith('--env-file'));
