import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Prometheus (Debian's package) that scrapes one gateway every 250 ms, and evaluates the alerts as often. */
export interface Prometheus {
  /** What its HTTP API says, https://prometheus.io/docs/prometheus/latest/querying/api/. */
  get(path: string, parameters?: Readonly<Record<string, string>>): Promise<any>;
  close(): Promise<void>;
}

export async function startPrometheus(gatewayUrl: string): Promise<Prometheus> {
  const folder = mkdtempSync(join(tmpdir(), 'prometheus-'));
  const config = {
    global: { scrape_interval: '250ms', scrape_timeout: '250ms', evaluation_interval: '250ms' },
    rule_files: [resolve('deploy/prometheus/alerts.yaml')],
    scrape_configs: [
      { job_name: 'gateway', static_configs: [{ targets: [new URL(gatewayUrl).host] }] },
    ],
  };
  // JSON is YAML.
  writeFileSync(join(folder, 'prometheus.yaml'), JSON.stringify(config));
  const child = spawn('prometheus', [
    `--config.file=${join(folder, 'prometheus.yaml')}`,
    `--storage.tsdb.path=${join(folder, 'data')}`,
    '--web.listen-address=127.0.0.1:0',
  ]);
  const ended = once(child, 'close');
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (said += part.toString()));
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true });
  };
  let address: string | undefined;
  while ((address = /Listening on" address=(\S+)/.exec(said)?.[1]) === undefined) {
    await Promise.race([once(child.stderr, 'data'), ended]);
    if (child.exitCode !== null) throw new Error(said);
  }
  // It listens before it can be asked.
  while (!(await fetch(`http://${address}/-/ready`)).ok) await sleep(50);
  return {
    get: async (path, parameters = {}) => {
      const query = new URLSearchParams(parameters).toString();
      const answer = await fetch(`http://${address}/api/v1/${path}?${query}`);
      return ((await answer.json()) as { data?: unknown }).data;
    },
    close,
  };
}
