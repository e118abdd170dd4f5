import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import type { Checked } from './check.ts';
import { WORK } from './paths.ts';
import type { Tokens } from './tokens.ts';

export interface LoadOptions {
  readonly port: number;
  readonly connections: number;
  readonly tokens: Tokens;
  readonly warmUpMs: number;
  readonly windowMs: number;
  readonly core: number;
  /** Called when the measured window opens and when it closes, with the load generator's process id. */
  readonly onOpen: (pid: number) => void;
  readonly onClose: (pid: number) => void;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  /** Answers that were not the right one; answers with a status other than 200. */
  readonly wrong: number;
  readonly failed: number;
  /** Answers that told to come again later (429 or 503 with Retry-After), as the load generator then does. */
  readonly refused: number;
  readonly bytes: number;
  /** Latencies in milliseconds. */
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Loads a gateway with one request, over and over. @throws Error where an answer is not the right one. */
export async function runLoad(
  { body, answer }: Checked,
  options: LoadOptions,
): Promise<LoadResult> {
  const requestFile = join(WORK, 'request.json');
  const answerFile = join(WORK, 'answer.json');
  writeFileSync(requestFile, body);
  writeFileSync(answerFile, answer);
  const { port, connections, tokens, warmUpMs, windowMs, core, onOpen, onClose } = options;
  const sent = tokens === 'apart' || tokens === 'new' ? 'own' : tokens;
  const numbers = [port, connections, sent, warmUpMs, windowMs].map(String);
  const args = ['-c', String(core), join(WORK, 'load'), ...numbers, requestFile, answerFile];
  const child = spawn('taskset', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const pid = child.pid ?? 0;
  let report: LoadResult | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === 'open') onOpen(pid);
    else if (line === 'close') onClose(pid);
    else report = JSON.parse(line) as LoadResult;
  }
  if (report === undefined) throw new Error('the load generator gave up');
  if (report.wrong + report.failed > 0) {
    throw new Error(`under load ${report.wrong} answers were wrong, ${report.failed} failed`);
  }
  return report;
}
