import type { YogaInitialContext } from 'graphql-yoga';
import type { Caller, Cotalker, Session } from './cotalker/session.ts';
import type { TracedCall } from './cotalker/trace.ts';
import { createLoaders, type Loaders } from './loaders/index.ts';

/** What every resolver gets to see. */
export interface Context extends YogaInitialContext {
  readonly loaders: Loaders;
  /** What the request asked of Cotalker so far; only where the caller wants to know. */
  readonly explain?: () => readonly TracedCall[];
  /** See `Session`. */
  readonly isRefused: Session['isRefused'];
}

export interface ContextOptions {
  readonly cotalker: Cotalker;
  /** Milliseconds until all upstream calls of a request are given up. */
  readonly deadlineMs: number;
}

/**
 * Builds what one request needs: the caller, its deadline, and a set of loaders of its own.
 * The upstream calls end when the deadline passes or the caller goes away.
 */
export function createContext({ cotalker, deadlineMs }: ContextOptions) {
  return ({ request }: YogaInitialContext): Omit<Context, keyof YogaInitialContext> => {
    const signal = AbortSignal.any([request.signal, AbortSignal.timeout(deadlineMs)]);
    const session = cotalker.openSession(readCaller(request.headers), signal, deadlineMs);
    return {
      loaders: createLoaders(session),
      isRefused: session.isRefused,
      ...(isTrue(request.headers.get('x-explain')) && { explain: () => session.trace }),
    };
  };
}

const isTrue = (value: string | null): boolean => value?.trim().toLowerCase() === 'true';

/** RFC 6750, section 2.1, a little wider: any token without spaces or control characters. */
const BEARER = /^Bearer +[\x21-\x7e]+$/i;
/** https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const REQUEST_ID = /^[\x21-\x7e]{1,128}$/;

/** What of the caller's headers goes on to Cotalker: what is not taken up here does not. */
export function readCaller(headers: Pick<Headers, 'get'>): Caller {
  const take = (name: string, pattern: RegExp): string | undefined => {
    const value = headers.get(name);
    return value !== null && pattern.test(value) ? value : undefined;
  };
  const traceparent = take('traceparent', TRACEPARENT);
  const requestId = take('x-request-id', REQUEST_ID);
  return {
    authorization: take('authorization', BEARER),
    admin: isTrue(headers.get('admin')),
    tracing: {
      ...(traceparent !== undefined && { traceparent }),
      ...(requestId !== undefined && { 'x-request-id': requestId }),
    },
  };
}
