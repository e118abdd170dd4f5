import * as z from 'zod';

/* The kinds of values that a variable may have. No message repeats a value. */

export function integer(of: string, min: number, max: number) {
  const problem = `must be ${of}: ${min} to ${max}`;
  return z
    .string()
    .regex(/^\d+$/, problem)
    .transform(Number)
    .refine((value) => value >= min && value <= max, problem);
}

/** Whoever misspells `production` would get the sandbox and GraphiQL in its place. */
export const nodeEnv = z
  .string()
  .refine(
    (value) => value === 'production' || !/^\s*prod/i.test(value),
    'must be written as production, in lower case',
  );

export const onOff = z
  .enum(['on', 'off'], 'must be on or off')
  .transform((value) => value === 'on');

const isHttp = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:';

/** A URL without credentials, query or fragment: those could end up in a log. */
function isPlainUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && isHttp(url) && url.username + url.password + url.search + url.hash === '';
}

/** Without an empty `?` or `#` at the end: paths are appended to it. */
const baseOf = ({ origin, pathname }: URL): string => (origin + pathname).replace(/\/+$/, '');

/** Of an app's web view, such as `capacitor://localhost`: no origin to `URL`, which knows that of http(s) alone. */
const APP_ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[\w.-]+(?::\d+)?$/;

const isOrigin = (value: string): boolean => {
  const url = URL.parse(value);
  if (url?.origin === 'null') return APP_ORIGIN.test(value);
  return url !== null && isHttp(url) && url.origin === value;
};

export const baseUrl = (example: string) =>
  z
    .string()
    .refine(
      isPlainUrl,
      `must be an http(s) URL without credentials, query or fragment, such as ${example}`,
    )
    .transform((value) => baseOf(new URL(value)));

/** A list of servers, of a Cluster or Sentinels, as other programs accept it. */
const isListOfRedis = (value: string): boolean => /^rediss?:.*,/s.test(value);

/** `redis://[user:password@]host[:port][/database]`, or `rediss://` for TLS. */
function isRedisUrl(value: string): boolean {
  const url = URL.parse(value);
  return (
    url !== null &&
    /^rediss?:$/.test(url.protocol) &&
    url.hostname + url.search + url.hash === url.hostname &&
    url.hostname !== '' &&
    /^(?:\/\d*)?$/.test(url.pathname)
  );
}

export const redisUrl = z
  .string()
  .refine((value) => !isListOfRedis(value), {
    error:
      'must be the URL of one server: Redis Cluster and Sentinel are not supported (docs/operating.md#redis)',
    abort: true,
  })
  .refine(
    isRedisUrl,
    'must be a URL such as redis://redis:6379, or rediss:// for TLS, with user and password where needed',
  );

const listOf = (isOne: (value: string) => boolean, problem: string) =>
  z
    .string()
    .transform((list) => list.split(',').map((value) => value.trim()))
    .refine((list) => list.every(isOne), problem);

export const origins = listOf(
  isOrigin,
  'must be origins with commas between them, such as https://app.example.com',
);

export const headerNames = listOf(
  (name) => /^[\w-]+$/.test(name),
  'must be names of headers with commas between them, such as baggage, sentry-trace',
).transform((names) => names.map((name) => name.toLowerCase()));

export const quota = z
  .string()
  .regex(
    /^(?:off|OFF|[1-9]\d{0,4}\/[1-9]\d{0,5}m?s)$/,
    'must be calls in a time, such as 50/5s or 50/500ms, or off',
  )
  .transform((value) => {
    const [, calls, length, unit] = /^(\d+)\/(\d+)(m?s)$/.exec(value) ?? [];
    if (calls === undefined) return 'off';
    return { calls: Number(calls), windowMs: Number(length) * (unit === 's' ? 1000 : 1) };
  });

const SHARE = 'must be a part: above 0, and 1 at most';
export const share = z
  .string()
  .regex(/^[01](?:\.\d{1,6})?$/, SHARE)
  .transform(Number)
  .refine((value) => value > 0 && value <= 1, SHARE);
