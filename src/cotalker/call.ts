import { CotalkerError } from './errors.ts';
import { isObjectId } from './records/fields.ts';

/** Every endpoint the gateway uses (sheet, section 2). `{id}` stands for one checked ObjectId. */
export type Template =
  | '/v2/groups'
  | '/v2/groups/{id}'
  | '/v2/channels'
  | '/v2/channels/{id}'
  | '/v2/task-groups'
  | '/v2/task-groups/{id}/tasks'
  | '/v1/tasks/{id}/sm/smstatemachine'
  | '/v1/tasks/{id}/sm/smstate/all'
  | '/v1/messages/channel/{id}/modified/{moment}'
  | '/v2/properties'
  | '/v2/users'
  | '/v2/users/me'
  | '/v2/users/{id}';

export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** One GET to Cotalker, before it is a URL. */
export interface Call {
  readonly template: Template;
  /** Fills `{id}`; must be an ObjectId. */
  readonly id?: string;
  /** Fills `{moment}`: ISO 8601, or epoch milliseconds. */
  readonly moment?: string;
  /** Query parameters, by their plain names; undefined ones are left out, an array repeats its key. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Make the call even if the request made the very same before: to see whether a list has changed. */
  readonly again?: boolean;
  /**
   * Not from the response cache, not even where that has served this request before: live lists need it.
   */
  readonly fresh?: boolean;
}

/**
 * The call's path and query below the base URL, such as `/v2/groups?limit=10`. Also the identity of
 * the call: two calls of one caller with the same path are the same GET.
 *
 * @throws CotalkerError `NOT_FOUND` for an id that is none: there is no such record, and it must
 *   reach no URL.
 */
export function pathOf({ template, id, moment = '', query = {} }: Call): string {
  if (id !== undefined && !isObjectId(id)) throw new CotalkerError('NOT_FOUND', 'not an id');
  const path =
    id === undefined ? template : template.replace('{id}', id).replace('{moment}', moment);
  let parameters = '';
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value])
      parameters += `&${key}=${encode(String(one))}`;
  }
  return parameters === '' ? path : `${path}?${parameters.slice(1)}`;
}

/**
 * What stays as it is: nearly all that is ever sent, ids and dates without their colons. Commas as well, which a
 * query may hold: a server may part ids by them before it decodes what is between.
 */
const PLAIN = /^[\w.*,-]*$/;

/** Else as `URLSearchParams` does, which takes 3 % of the CPU of a request that names a hundred ids. */
const encode = (text: string): string =>
  PLAIN.test(text) ? text : new URLSearchParams([['', text]]).toString().slice(1);
