import { existsSync, readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Adds the variables of a file `.env` in the working folder; the environment has precedence. Some editors write a
 * byte-order mark first, which would become part of the first variable's name.
 */
export function loadEnv(): void {
  if (!existsSync('.env')) return;
  const text = readFileSync('.env', 'utf8');
  const set = parseEnv(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  for (const [name, value] of Object.entries(set)) process.env[name] ??= value;
}
