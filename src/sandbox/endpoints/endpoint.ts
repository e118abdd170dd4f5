import type { Caller } from '../caller.ts';
import type { SandboxData } from '../data.ts';
import { field } from '../records.ts';
import { badRequest, forbidden, notFound } from '../refusal.ts';
import { isId, readQuery } from '../query.ts';
import type { Parameters, Values } from '../query.ts';

/** What an endpoint gets to see of a call. `id` is the one in the path, '' where the path has none. */
export interface Incoming {
  readonly caller: Caller;
  readonly data: SandboxData;
  readonly cap: number;
  readonly id: string;
  readonly query: readonly (readonly [string, string])[];
}

export interface Endpoint {
  readonly template: string;
  /** The JSON body of a 200. @throws Refusal */
  readonly answer: (incoming: Incoming) => unknown;
}

export type Asked<P extends Parameters> = Omit<Incoming, 'query'> & { readonly query: Values<P> };

interface Options {
  readonly demandsAdmin?: boolean;
}

/** An endpoint that takes exactly these parameters, checked in the order 403, 400, 404. */
export function endpoint<P extends Parameters>(
  template: string,
  parameters: P,
  answer: (asked: Asked<P>) => unknown,
  { demandsAdmin = false }: Options = {},
): Endpoint {
  return {
    template,
    answer: (incoming) => {
      if (demandsAdmin && !incoming.caller.admin) throw forbidden();
      if (template.includes('{') && !isId(incoming.id))
        throw badRequest('id', 'in the path must be 24 characters of [0-9a-f]');
      return answer({ ...incoming, query: readQuery(parameters, incoming.query) });
    },
  };
}

/** @throws Refusal 404; a record that the caller may not see is as unknown as one that does not exist */
export function find(records: readonly unknown[], id: string, what: string): unknown {
  const found = records.find((record) => field(record, '_id') === id);
  if (found === undefined) throw notFound(`${what} ${id}`);
  return found;
}
