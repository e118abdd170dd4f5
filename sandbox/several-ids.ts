import { isId } from './query.ts';
import type { Readings } from './readings.ts';
import { badRequest, internalError } from './refusal.ts';

type Way = Readings['groupIds'] | Readings['propertyIds'] | Readings['userIds'];

/**
 * The ids that a parameter names, as the server reads it.
 *
 * @returns undefined where the parameter was not sent, or is not looked at: it filters nothing.
 * @throws Refusal 400 or 500 where several or any are refused, and where it holds what is no id
 */
export function idsTaken(
  parameter: string,
  sent: readonly string[] | undefined,
  way: Way,
  noId: Readings['noId'],
): readonly string[] | undefined {
  if (sent === undefined || way === 'ignored') return undefined;
  const values = way === 'commas' ? (sent.at(-1) ?? '').split(',') : sent;
  if (!values.every(isId)) {
    if (noId === 'nothing') return [];
    throw noId === 'fails'
      ? internalError()
      : badRequest(parameter, 'must be 24 characters of [0-9a-f]');
  }
  switch (way) {
    case 'all':
    case 'commas':
      return values;
    case 'first':
      return values.slice(0, 1);
    case 'last':
      return values.slice(-1);
    case 'none':
      return values.length > 1 ? [] : values;
    case 'refused':
      if (values.length > 1) throw badRequest(parameter, 'may be sent once');
      return values;
    case 'fails':
      if (values.length > 1) throw internalError();
      return values;
    case 'pathOnly':
      throw badRequest(parameter, 'is not a parameter of this call');
  }
}
