import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { ConfigError } from './index.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Adds the variables of a file `.env` in the working folder; the environment has precedence. Some editors write a
 * byte-order mark first, which would become part of the first variable's name.
 *
 * @throws ConfigError if the file is there and cannot be read.
 */
export function loadEnv(): void {
  const text = readFile();
  const set = parseEnv(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  for (const [name, value] of Object.entries(set)) process.env[name] ??= value;
}

function readFile(): string {
  let text: string;
  try {
    text = readFileSync('.env', 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new ConfigError([`.env cannot be read (${code})`]);
  }
  // Windows PowerShell writes UTF-16, of which no variable would be found.
  if (text.includes('\0')) throw new ConfigError(['.env must be UTF-8']);
  return text;
}
