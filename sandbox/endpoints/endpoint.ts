import type { Caller } from '../caller.ts';
import { asSent, type Kind } from '../as-sent.ts';
import { collection, type Paging } from '../collection.ts';
import type { RawRecord, SandboxData } from '../data.ts';
import type { ListName, Readings } from '../readings.ts';
import { field, isRecord } from '../records.ts';
import { badRequest, forbidden, notFound } from '../refusal.ts';
import { isId, type Parameters, readQuery, type Values } from '../query.ts';

/** What an endpoint gets to see of a call. `id` is the first in the path, '' where the path has none; `rest` the others. */
export interface Incoming {
  readonly caller: Caller;
  readonly data: SandboxData;
  readonly cap: number;
  readonly readings: Readings;
  readonly id: string;
  readonly rest: readonly string[];
  /** Parsed JSON; undefined: there is none. */
  readonly body: unknown;
  readonly query: readonly (readonly [string, string])[];
}

export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly template: string;
  /** The JSON body of a 200. @throws Refusal */
  readonly answer: (incoming: Incoming) => unknown;
}

export type Asked<P extends Parameters> = Omit<Incoming, 'query'> & { readonly query: Values<P> };

interface Options {
  readonly demandsAdmin?: boolean;
  readonly method?: Endpoint['method'];
}

/** An endpoint that takes exactly these parameters, checked in the order 403, 400, 404. */
export function endpoint<P extends Parameters>(
  template: string,
  parameters: P,
  answer: (asked: Asked<P>) => unknown,
  { demandsAdmin = false, method = 'GET' }: Options = {},
): Endpoint {
  return {
    method,
    template,
    answer: (incoming) => {
      if (demandsAdmin && !incoming.caller.admin) throw forbidden();
      if (template.includes('{id}') && !isId(incoming.id))
        throw badRequest('id', 'in the path must be 24 characters of [0-9a-f]');
      return answer({ ...incoming, query: readQuery(parameters, incoming.query) });
    },
  };
}

/**
 * The body of a write.
 *
 * @throws Refusal 400 where it is no JSON object, or what it is about is missing
 */
export function bodyOf({ body }: Pick<Incoming, 'body'>, required: string): RawRecord {
  if (!isRecord(body)) throw badRequest('body', 'must be a JSON object');
  if (!Object.hasOwn(body, required)) throw badRequest(required, 'is missing');
  return body;
}

/** @throws Refusal 404; a record that the caller may not see is as unknown as one that does not exist */
export function find(records: readonly unknown[], id: string, what: string): unknown {
  const found = records.find((record) => field(record, '_id') === id);
  if (found === undefined) throw notFound(`${what} ${id}`);
  return found;
}

type Setting = Pick<Incoming, 'data' | 'cap' | 'readings'>;

/** One page of what was found, each record in the form that the readings give it. */
export function listed(
  list: ListName,
  found: readonly unknown[],
  { data, cap, readings, query }: Setting & { readonly query: Paging },
  all: readonly unknown[] = data[list],
): unknown {
  const form = (record: unknown): unknown => asSent(list, record, data, readings);
  return collection({ list, found, all, cap, readings, asSent: form }, query);
}

/** As `listed`, for one record, or one of a bare array. */
export const single = (kind: Kind, record: unknown, { data, readings }: Setting): unknown =>
  asSent(kind, record, data, readings);

/** What a write answers of the record that it has made or changed. */
export function written(
  kind: Kind,
  record: RawRecord,
  asked: Setting & Pick<Incoming, 'body'>,
): unknown {
  const { written: told } = asked.readings;
  if (told === 'record') return single(kind, record, asked);
  return { ...(told === 'sent' && isRecord(asked.body) && asked.body), _id: record['_id'] };
}
