import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { BENCH, NODE_FLAGS, ROOT } from './paths.ts';
import type { Subject } from './subject.ts';

/** How long a loop of 300,000,000 takes, in seconds, so that machines compare. */
function spin(): number {
  const start = performance.now();
  let x = 1;
  for (let i = 0; i < 3e8; i += 1) x = (x * 1103515245 + i) | 0;
  return Number.isInteger(x) ? (performance.now() - start) / 1000 : NaN;
}

/** What the figures hang on: machine, versions, flags, commit. */
export function describeMachine(subjects: readonly Subject[]): string[] {
  const [cpu] = cpus();
  const { stdout } = spawnSync('git', ['describe', '--always', '--dirty'], { cwd: ROOT });
  return [
    `- ${new Date().toISOString().slice(0, 10)}, commit ${String(stdout).trim()}`,
    `- ${cpus().length} x ${cpu?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 1e9)} GB, Linux ${release()}; a spin of 3e8 takes ${spin().toFixed(2)} s`,
    `- Node ${process.version}, flags: ${NODE_FLAGS.join(' ') || 'none'}`,
    ...subjects.flatMap(({ name, packages }) => {
      const told = packages.map((it) => `${it} ${versionOf(BENCH, it)}`).join(', ');
      return told === '' ? [] : `- ${name}: ${told}`;
    }),
    `- ours: ${['graphql-yoga', 'got', 'dataloader', 'graphql'].map((it) => `${it} ${versionOf(ROOT, it)}`).join(', ')}`,
  ];
}

function versionOf(folder: string, name: string): string {
  const file = join(folder, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return '?';
  return (JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string }).version;
}
