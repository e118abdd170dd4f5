import { badRequest } from './refusal.ts';

/** One query parameter: how often it may be sent, and what its values have to be. */
export interface Parameter<T> {
  readonly most: number;
  readonly expects: string;
  /** undefined: refused. */
  readonly read: (values: readonly string[]) => T | undefined;
}
export type Parameters = Readonly<Record<string, Parameter<unknown>>>;
export type Values<P extends Parameters> = {
  readonly [K in keyof P]?: P[K] extends Parameter<infer T> ? T : never;
};

/** Reads exactly the given parameters. @throws Refusal 400 for an unknown one, a repeated one, a bad value */
export function readQuery<P extends Parameters>(
  parameters: P,
  query: readonly (readonly [string, string])[],
): Values<P> {
  const values: Record<string, unknown> = {};
  for (const name of new Set(query.map(([key]) => key))) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (!parameter) throw badRequest(name, 'is not a parameter of this call');

    const sent = query.flatMap(([key, value]) => (key === name ? [value] : []));
    if (sent.length > parameter.most)
      throw badRequest(name, `is sent ${sent.length} times, at most ${parameter.most} allowed`);

    values[name] = parameter.read(sent);
    if (values[name] === undefined) throw badRequest(name, `must be ${parameter.expects}`);
  }
  return values as Values<P>;
}

function once<T>(expects: string, read: (value: string) => T | undefined): Parameter<T> {
  return { most: 1, expects, read: ([value = '']) => read(value) };
}

export const isId = (value: string): boolean => /^[0-9a-f]{24}$/.test(value);
const expectedId = '24 characters of [0-9a-f]';

export const id = once(expectedId, (value) => (isId(value) ? value : undefined));

/** Ids as they were sent; how several are sent, `idsTaken` knows. */
export const idList = (most: number): Parameter<readonly string[]> => ({
  most,
  expects: expectedId,
  read: (values) => values,
});

export const anyText = once('text', (value) => value);

export function oneOf<const T extends string>(...allowed: T[]): Parameter<T> {
  return once(allowed.join('|'), (value) => allowed.find((known) => known === value));
}

export const flag = oneOf('true', 'false');
export const flagOrAll = oneOf('all', 'true', 'false');

export const positiveInteger = once('an integer from 1', (value) =>
  /^[1-9]\d*$/.test(value) ? Number(value) : undefined,
);

/**
 * The format of the sheet and no other spelling of ISO 8601. The way there and back also refuses the
 * dates that `Date` would quietly move on, such as 30 February.
 */
export const date = once('a date like 2020-12-31T23:59:59.999Z', (value) => {
  const parsed = new Date(value);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString() !== value) return undefined;
  return /^\d{4}-/.test(value) ? parsed.getTime() : undefined;
});

/** What every collection takes. */
export const paging = { limit: positiveInteger, page: positiveInteger, count: flag };
export const orderBy = oneOf('asc', 'desc');
