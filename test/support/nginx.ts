import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readSections } from './markdown.ts';

/** The block for nginx in docs/operating.md that begins like this. */
export function nginxBlock(beginning: string): string {
  const block = readSections('docs/operating.md')
    .flatMap(({ blocks }) => blocks)
    .find(({ language, text }) => language === 'nginx' && text.startsWith(beginning));
  if (block === undefined) throw new Error(`no block for nginx begins with ${beginning}`);
  return block.text;
}

export interface Nginx {
  close(): Promise<void>;
}

/**
 * Starts Debian's `nginx-light`.
 *
 * @param http The content of its `http` block.
 * @param url An address that answers once it is there.
 */
export async function startNginx(http: string, url: string): Promise<Nginx> {
  const folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; pid nginx.pid; error_log stderr; events {}
    http {
      access_log off;
      ${paths.map((name) => `${name}_temp_path ${name};`).join(' ')}
      ${http}
    }`,
  );
  const child = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr']);
  let said = '';
  child.stderr.on('data', (part: Buffer) => (said += part.toString()));
  const ended = once(child, 'close');
  while (!(await fetch(url).catch(() => undefined))?.ok) {
    if (child.exitCode !== null) throw new Error(said);
    await sleep(20);
  }
  return {
    close: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}
