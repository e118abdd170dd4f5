import type { Drift, Passing } from './drift-proxy.ts';

const matches = (where: string | RegExp, path: string): boolean =>
  typeof where === 'string' ? where === path : where.test(path);

/** A parameter that the server takes no notice of. */
export const ignores = (where: string | RegExp, parameter: string): Drift => ({
  ask: (query, path) => {
    if (matches(where, path)) query.delete(parameter);
  },
});

/** A parameter that means something else. */
export const takes = (
  where: string | RegExp,
  parameter: string,
  as: (value: string) => [string, string],
): Drift => ({
  ask: (query, path) => {
    const value = query.get(parameter);
    if (value === null || !matches(where, path)) return;
    query.delete(parameter);
    query.set(...as(value));
  },
});

export const answers = (where: string | RegExp, change: (passing: Passing) => void): Drift => ({
  answer: (passing) => {
    if (passing.status === 200 && matches(where, passing.path)) change(passing);
  },
});

export const refuses = (
  where: string | RegExp,
  when: (query: URLSearchParams) => boolean,
): Drift => ({
  answer: (passing) => {
    if (!matches(where, passing.path) || !when(passing.query)) return;
    Object.assign(passing, { status: 400, body: { message: 'no' } });
  },
});

export const statusFor = (from: number, to: number, where: string | RegExp): Drift => ({
  answer: (passing) => {
    if (passing.status === from && matches(where, passing.path)) passing.status = to;
  },
});

/** Puts a collection under another name. */
export const renames = (where: string | RegExp, from: string, to: string): Drift =>
  answers(where, ({ body }) => {
    const { [from]: value, ...rest } = body.data;
    body.data = { ...rest, ...(value !== undefined && { [to]: value }) };
  });

/** Takes about half of a collection away, always the same, and from its total. */
export function keepSome(data: Passing['body'], name: string): void {
  const kept = data[name].filter(({ _id }: { _id: string }) => /[0-7]$/.test(_id));
  data[name] = kept;
  if ('count' in data) data.count = kept.length;
  if ('counter' in data) data.counter = kept.length;
}
