import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface WebApp {
  /** The base URL, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  close(): Promise<void>;
}

const APP = join(import.meta.dirname, '../../examples/web');
const VITE = join(APP, 'node_modules/vite/bin/vite.js');

/**
 * Builds examples/web as a team would, and serves what came out with Vite's own preview, whose proxy takes
 * /graphql to the gateway.
 *
 * @param platformUrl what links without a host are relative to.
 * @param settings more of what the build reads from the environment.
 */
export async function startWebApp(
  gatewayUrl: string,
  platformUrl: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<WebApp> {
  if (!existsSync(VITE))
    throw new Error('examples/web is not installed: run `npm ci --prefix examples/web` first.');
  const outDir = await mkdtemp(join(tmpdir(), 'web-app-'));
  const env = {
    ...process.env,
    // Jest sets it to test, which would build React for development.
    NODE_ENV: 'production',
    NO_COLOR: '1',
    GATEWAY_URL: gatewayUrl,
    VITE_PLATFORM_URL: platformUrl,
    ...settings,
  };
  await promisify(execFile)(
    process.execPath,
    [VITE, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'],
    { cwd: APP, env },
  );

  const preview = spawn(process.execPath, [VITE, 'preview', '--outDir', outDir, '--port', '0'], {
    cwd: APP,
    env,
  });
  let output = '';
  for (const stream of [preview.stdout, preview.stderr])
    stream.on('data', (part: Buffer) => (output += part.toString()));
  const ended = once(preview, 'close').then(() => false);
  const address = (): string | undefined => /(http:\S+\d)\/?\s/.exec(output)?.[1];
  while (address() === undefined) {
    const isUp = await Promise.race([once(preview.stdout, 'data'), ended]);
    if (isUp === false) throw new Error(`vite preview ended: ${output}`);
  }
  return {
    url: address() ?? '',
    close: async () => {
      preview.kill();
      await ended;
      await rm(outDir, { recursive: true });
    },
  };
}
