import type { IncomingMessage } from 'node:http';
import type { Reply } from '../answer/send.ts';

/** What is served at some paths; undefined: nothing, at this one. */
export type Page = (
  request: IncomingMessage,
  path: string,
) => Reply | undefined | Promise<Reply | undefined>;

/** To other methods than GET and HEAD. */
export const ONLY_READ: Reply = { status: 405, headers: { allow: 'GET, HEAD' } };
