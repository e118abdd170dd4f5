import type { Template, Call } from '../call.ts';
import { collectionIn, entityIn } from '../records/envelope.ts';

/** How long what Cotalker has told is remembered, in milliseconds; 0: not at all. */
export interface Lifetimes {
  /** What seldom changes: state machines and their states, properties, people, task groups. */
  readonly reference: number;
  /** The list of groups, which the main menu is made of. */
  readonly menu: number;
  readonly other: number;
}

export type Kind = keyof Lifetimes;

/** So many times as long the list of groups serves a caller whose call for it would wait for the quota. */
const MENU_AT_LIMIT = 4;

/** How long a kind may be served at the most, in milliseconds. */
export const longestOf = (lifetimes: Lifetimes, kind: Kind): number =>
  lifetimes[kind] * (kind === 'menu' ? MENU_AT_LIMIT : 1);

export const longestOfAll = (lifetimes: Lifetimes): number =>
  Math.max(lifetimes.reference, longestOf(lifetimes, 'menu'), lifetimes.other);

const KINDS: Readonly<Partial<Record<Template, Kind>>> = {
  '/v2/groups': 'menu',
  '/v2/task-groups': 'reference',
  '/v1/tasks/{id}/sm/smstatemachine': 'reference',
  '/v1/tasks/{id}/sm/smstate/all': 'reference',
  '/v2/properties': 'reference',
  '/v2/users': 'reference',
  '/v2/users/me': 'reference',
  '/v2/users/{id}': 'reference',
};

export const kindOf = ({ template }: { readonly template: Template }): Kind =>
  KINDS[template] ?? 'other';

/** Lists that are read by page number: all of their pages must be of one age. */
const BY_NUMBER: ReadonlySet<Template> = new Set([
  '/v2/task-groups',
  '/v2/task-groups/{id}/tasks',
  '/v1/tasks/{id}/task',
]);

/** What people wait for, each as it is now. */
const NEVER: ReadonlySet<Template> = new Set(['/v1/messages/channel/{id}/modified/{moment}']);

/**
 * Whether no cache may answer the call. It is for messages, for a page of a list that is read by page number, or reads
 * a list on from a place. What moved between two pages of different ages would be on neither.
 */
export const mustNotBeCached = ({ template, query = {} }: Call): boolean =>
  NEVER.has(template) ||
  (BY_NUMBER.has(template) && query['groupIds'] === undefined) ||
  query['modified_gte'] !== undefined ||
  Number(query['page'] ?? 1) > 1;

/**
 * Records that are remembered one by one, by the name of their collection: the same batch of ids hardly comes twice.
 */
export type RecordsName = 'users' | 'properties';

const BATCHES: Readonly<
  Partial<Record<Template, { readonly name: RecordsName; readonly ids: string }>>
> = {
  '/v2/users': { name: 'users', ids: 'id' },
  '/v2/users/{id}': { name: 'users', ids: 'id' },
  '/v2/properties': { name: 'properties', ids: 'ids' },
};

/** What a record is kept under; no path begins like this. */
export const nameOfRecord = (name: RecordsName, id: string): string => `${name} ${id}`;

export const callOfRecords = (name: RecordsName, ids: readonly string[]): Call =>
  name === 'users'
    ? { template: '/v2/users', query: { id: ids } }
    : { template: '/v2/properties', query: { ids } };

export const isOfRecords = ({ template }: Call): boolean => BATCHES[template] !== undefined;

/**
 * The records that a call named by their ids, as they came, by what they are kept under; undefined for those that the
 * answer does not hold.
 */
export function recordsIn(
  { template, id, query = {} }: Call,
  body: unknown,
): Map<string, object | undefined> {
  const { name, ids } = BATCHES[template] ?? {};
  const found = new Map<string, object | undefined>();
  if (name === undefined || ids === undefined) return found;
  // An array of ids, or one text with commas.
  const asked = new Set(id === undefined ? String(query[ids]).split(',') : [id]);
  for (const one of asked) found.set(nameOfRecord(name, one), undefined);
  const values = id === undefined ? collectionIn(body, [name])?.values : [entityIn(body)];
  for (const value of values ?? []) {
    if (typeof value !== 'object' || value === null) continue;
    const { _id } = value as { readonly _id?: unknown };
    if (typeof _id === 'string' && asked.has(_id)) found.set(nameOfRecord(name, _id), value);
  }
  return found;
}

/** What is remembered is written so; undefined for what nests too deep to be written, and is not remembered. */
export function write(value: unknown): Buffer | undefined {
  try {
    return Buffer.from(JSON.stringify(value));
  } catch {
    return undefined;
  }
}
