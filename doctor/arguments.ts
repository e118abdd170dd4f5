import { parseArgs } from 'node:util';
import { ConfigError, readToken, VARIABLES } from '../src/config/index.ts';
import { MAX_CALLS, MAX_WAIT_SECONDS } from './ask.ts';

export interface Arguments {
  /** Where Cotalker's API lives, without a slash at the end. */
  readonly url: string;
  readonly token: string;
  readonly admin: boolean;
  readonly json: boolean;
}

/** What is wrong with the arguments, in words that repeat none of them: one may be a token. */
export class BadArguments extends Error {
  override readonly name = 'BadArguments';
}

export const USAGE = `Looks at a Cotalker service, and tells whether the gateway is right about it.

  COTALKER_TOKEN=… npm run doctor -- --url https://www.cotalker.com/api

  --url    the address of the API
  --admin  look at admin mode, too, which takes the token of an admin
  --json   the findings as JSON (with npm run --silent)
  --help   this text

It only reads, and makes ${MAX_CALLS} calls at the most, one after the other. Where Cotalker says to wait it does so,
for ${MAX_WAIT_SECONDS} seconds in all, and asks once more. The token comes from the variable COTALKER_TOKEN, or a file
.env; it is never shown. The exit code is 0, 1 where an assumption is broken, or 2 where nothing could be
examined, or not all because Cotalker took no more calls.
`;

/**
 * @returns The arguments; `help` where that was asked for.
 * @throws BadArguments for the first thing that is wrong.
 */
export function readArguments(
  args: readonly string[],
  env?: Readonly<Record<string, string | undefined>>,
): Arguments | 'help' {
  const { url, admin = false, json = false, help = false } = parse(args);
  if (help) return 'help';
  if (url === undefined) throw new BadArguments('--url is missing.');
  const { success, data, error } = VARIABLES.COTALKER_API_URL.unwrap().safeParse(url);
  if (!success) throw new BadArguments(`--url ${error.issues[0]?.message}.`);
  return { url: data, token: tokenOf(env), admin, json };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        url: { type: 'string' },
        admin: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    // Node's own messages quote what they are about.
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE')
      throw new BadArguments('--url takes an address, and the other options take nothing.');
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION')
      throw new BadArguments('There is an option that the doctor does not know.');
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
      throw new BadArguments('There is an argument that belongs to no option.');
    throw error;
  }
}

function tokenOf(env: Readonly<Record<string, string | undefined>> | undefined): string {
  try {
    const token = readToken(env);
    if (token !== undefined) return token;
  } catch (error) {
    if (error instanceof ConfigError) throw new BadArguments(`${error.problems.join(', ')}.`);
    throw error;
  }
  throw new BadArguments('COTALKER_TOKEN is not set: the doctor asks with its token.');
}
