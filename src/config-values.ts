import * as z from 'zod';

/** A whole number within these bounds. */
export const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/)
    .transform(Number)
    .refine((value) => value >= min && value <= max);

export const onOff = z.enum(['on', 'off']).transform((value) => value === 'on');

const isHttp = ({ protocol }: URL): boolean => protocol === 'http:' || protocol === 'https:';

/** An address without credentials, query or fragment: those would end up in places a log can see. */
function isPlainUrl(value: string): boolean {
  const url = URL.parse(value);
  return url !== null && isHttp(url) && url.username + url.password + url.search + url.hash === '';
}

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

/** Without what says nothing, such as a `?` at the end: paths are put right behind it. */
const baseOf = ({ origin, pathname }: URL): string => (origin + pathname).replace(/\/+$/, '');

/** Scheme, host and port, and nothing else. */
const isOrigin = (value: string): boolean => {
  const url = URL.parse(value);
  return url !== null && isHttp(url) && url.origin === value;
};

/** An address to put paths behind. */
export const baseUrl = z
  .string()
  .refine(isPlainUrl)
  .transform((value) => baseOf(new URL(value)));

/** Whether an address is set, which is read elsewhere. */
export const isUrlSet = z
  .string()
  .refine(isPlainUrl)
  .transform(() => true);

export const redisUrl = z.string().refine(isRedisUrl);

/** Origins with commas between them. */
export const origins = z
  .string()
  .transform((list) => list.split(',').map((origin) => origin.trim()))
  .refine((list) => list.every(isOrigin));
