import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Adds what a file `.env` in the working folder sets; the environment itself has the last word. Some editors put a
 * byte-order mark in front, which would be part of the first variable's name.
 */
export function loadEnv(): void {
  if (!existsSync('.env')) return;
  const text = readFileSync('.env', 'utf8');
  const set = parseEnv(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  for (const [name, value] of Object.entries(set)) process.env[name] ??= value;
}
