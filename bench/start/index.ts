import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../lib/paths.ts';
import { residentMb } from '../lib/proc.ts';
import { startSubject } from '../lib/process.ts';
import { build } from '../lib/setup.ts';
import { median } from '../lib/stats.ts';
import type { Subject } from '../lib/subject.ts';
import { asBuilt, OURS_AS_SHIPPED, SUBJECTS } from '../lib/subjects.ts';

const ROUNDS = 11;
const IDLE_MS = 2000;
/** Nobody is asked there: the first answer is to `{ __typename }`. */
const UPSTREAM = { upstreamUrl: 'http://127.0.0.1:9', latencyMs: 0 };

interface Start {
  /** From the start of the process to its first answer. */
  readonly ms: number;
  /** Resident memory, two seconds later. MB are of 2^20 bytes, here as in all of the bench. */
  readonly idleMB: number;
}

async function measure(subject: Subject): Promise<Start> {
  const running = await startSubject(subject, UPSTREAM, '0-1');
  await sleep(IDLE_MS);
  const idleMB = residentMb(running.pid);
  await running.stop();
  return { ms: running.coldStartMs, idleMB };
}

/** What the bundle takes, and `stock`: medians. */
export interface Starts {
  readonly built: Start;
  readonly stock: Start;
  /** What the image holds beside Node itself, in MB. */
  readonly filesMB: number;
}

/** What the Dockerfile puts into the image. */
const FILES = ['dist', 'schema', 'graphiql', 'LICENSE', 'package.json'];

function sizeOf(path: string): number {
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}

/** How long it is to the first answer of the bundle, of `npm start`, and of the stock pairing, in turns. */
export async function measureStarts(rounds = ROUNDS): Promise<Starts> {
  build();
  const filesMB = FILES.reduce((sum, name) => sum + sizeOf(join(ROOT, name)), 0) / 2 ** 20;
  const subjects = [
    { ...asBuilt(OURS_AS_SHIPPED), name: 'built' },
    OURS_AS_SHIPPED,
    ...SUBJECTS.filter(({ name }) => name === 'stock'),
  ];
  const starts = new Map<string, Start[]>(subjects.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1)
    for (const subject of subjects) starts.get(subject.name)?.push(await measure(subject));

  const startOf = (name: string): Start => {
    const all = starts.get(name) ?? [];
    return { ms: median(all.map(({ ms }) => ms)), idleMB: median(all.map(({ idleMB }) => idleMB)) };
  };
  process.stdout.write('subject | first answer ms | idle MB\n--- | --: | --:\n');
  for (const name of starts.keys()) {
    const { ms, idleMB } = startOf(name);
    process.stdout.write(`${name} | ${ms.toFixed(0)} | ${idleMB.toFixed(0)}\n`);
  }
  return { built: startOf('built'), stock: startOf('stock'), filesMB };
}

/** @returns whether the bundle is no later than the stock pairing */
export async function runStart(): Promise<boolean> {
  const { built, stock, filesMB } = await measureStarts();
  const ratio = built.ms / stock.ms;
  process.stdout.write(
    `\nbuilt / stock: ${ratio.toFixed(2)}\nproduction files: ${filesMB.toFixed(1)} MB\n`,
  );
  return ratio <= 1;
}
