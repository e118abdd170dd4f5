import { hashToken } from '../token-hash.ts';
import { CotalkerError } from './errors.ts';
import { isObjectId } from './records/fields.ts';

/** The parts of the caller's request that go to Cotalker. Nothing else does. */
export interface CallerFacts {
  /** As `Bearer <token>`; undefined where the caller sent none. */
  readonly authorization: string | undefined;
  /** Its hash; undefined where nobody has made it yet. */
  readonly token?: string | undefined;
  /** Whether the caller opted into admin mode with `Admin: true`. */
  readonly admin: boolean;
  /** Tracing headers (`traceparent`, `x-request-id`), as they came. */
  readonly tracing: Readonly<Record<string, string>>;
  /**
   * What the response cache may do for the caller: `renew`: only keep what is answered; `none`: not even
   * that; undefined: all.
   */
  readonly caching?: 'renew' | 'none' | undefined;
}

/** A class, since V8 keeps an object literal with a getter as a dictionary. */
export class Caller implements CallerFacts {
  readonly authorization: string | undefined;
  readonly admin: boolean;
  readonly tracing: CallerFacts['tracing'];
  readonly caching: CallerFacts['caching'];
  #token: string | undefined;

  constructor({ token, authorization, admin, tracing, caching }: CallerFacts) {
    this.#token = token;
    this.authorization = authorization;
    this.admin = admin;
    this.tracing = tracing;
    this.caching = caching;
  }

  /** Tells callers apart by token and admin mode without keeping the token: whatever decides what they may see. */
  get identity(): string {
    return `${this.admin} ${this.token}`;
  }

  /** Tells tokens apart, whatever the admin mode: hashed once, and only for a caller for whom calls are made. */
  get token(): string {
    return (this.#token ??= hashToken(this.authorization ?? ''));
  }
}

export const createCaller = (facts: CallerFacts): Caller => new Caller(facts);

/** Every endpoint the gateway uses (sheet, sections 2 and 6). `{id}` and `{taskId}` stand for one checked ObjectId each. */
export type Template =
  | '/v2/groups'
  | '/v2/groups/{id}'
  | '/v2/channels'
  | '/v2/channels/{id}'
  | '/v2/task-groups'
  | '/v2/task-groups/{id}/tasks'
  | '/v1/tasks/{id}/task'
  | '/v1/tasks/{id}/sm/smstatemachine'
  | '/v1/tasks/{id}/sm/smstate/all'
  | '/v1/tasks/{id}/task/create'
  | '/v1/tasks/{id}/task/{taskId}'
  | '/v1/messages'
  | '/v1/messages/channel/{id}/modified/{moment}'
  | '/v2/properties'
  | '/v2/users'
  | '/v2/users/me'
  | '/v2/users/{id}';

export type QueryValue = string | number | boolean | readonly string[] | undefined;

/** One GET to Cotalker, or one write, before it is a URL. */
export interface Call {
  readonly template: Template;
  /** Fills `{id}`; must be an ObjectId. */
  readonly id?: string;
  /** Fills `{taskId}`, in the same way. */
  readonly taskId?: string;
  /** Fills `{moment}`: ISO 8601, or epoch milliseconds. */
  readonly moment?: string;
  /** What it changes; undefined: it is a GET. See {@link Session.write}, which alone makes such calls. */
  readonly write?: Write;
  /** Query parameters, by their plain names; undefined ones are left out, an array repeats its key. */
  readonly query?: Readonly<Record<string, QueryValue>>;
  /** Make the call even if the request has made it before: to see whether a list has changed. */
  readonly again?: boolean;
  /** Not from the response cache, not even where that has served this request before: live lists need it. */
  readonly fresh?: boolean;
}

/** A call that changes something. It is sent once, see `docs/decisions/0020-a-write-is-sent-once.md`. */
export interface Write {
  readonly method: 'POST' | 'PATCH';
  /** Sent as JSON. */
  readonly body: Readonly<Record<string, unknown>>;
}

export const methodOf = ({ write }: Pick<Call, 'write'>): 'GET' | Write['method'] =>
  write?.method ?? 'GET';

/**
 * The call's path and query below the base URL, such as `/v2/groups?limit=10`. Also the identity of
 * the call: two calls of one caller with the same path are the same GET.
 *
 * @throws CotalkerError `NOT_FOUND` for an id that is none: there is no such record, and it must
 *   reach no URL.
 */
export function pathOf({ template, id, taskId, moment, query = {} }: Call): string {
  let path: string = template;
  if (id !== undefined) path = path.replace('{id}', checked(id));
  if (taskId !== undefined) path = path.replace('{taskId}', checked(taskId));
  if (moment !== undefined) path = path.replace('{moment}', moment);
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(key, String(one));
  }
  // Commas stay as they are: a server may part ids by them before it decodes what is between.
  return parameters.size === 0 ? path : `${path}?${String(parameters).replaceAll('%2C', ',')}`;
}

function checked(id: string): string {
  if (!isObjectId(id)) throw new CotalkerError('NOT_FOUND', 'not an id');
  return id;
}
