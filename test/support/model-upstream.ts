import { type Collection, readCollection } from '../../src/cotalker/records/envelope.ts';
import { type GroupRecord, groupRecord } from '../../src/cotalker/records/group.ts';
import type { KeysetList, KeysetPage } from '../../src/cotalker/paging/paged-list.ts';
import { compareMoments, type Moment } from '../../src/cotalker/records/moment.ts';
import { type CountMeaning, createTraits, type Traits } from '../../src/cotalker/traits/index.ts';
import type { NewestPage } from '../../src/live/group-reader.ts';

export interface ModelRecord {
  readonly id: string;
  readonly modifiedAt: Moment;
}

export interface ModelOptions {
  /** How many records the server puts on a page at the most, whatever it is asked for. */
  readonly cap?: number;
  /** The name under which it tells a count; undefined: it tells none. */
  readonly total?: 'count' | 'counter' | undefined;
  /** What it counts; default: what the filter matches. */
  readonly counts?: 'total' | 'wider' | 'page';
  /** Whether the gateway does not know what it counts. */
  readonly isNew?: boolean;
  /** Whether it sorts ascending whatever it is asked for. */
  readonly ignoresOrder?: boolean;
  /** Whether page numbers count pages as long as asked for, even where the cap makes them shorter. */
  readonly skipsAsAsked?: boolean;
}

/** The nth id. */
export const idOf = (n: number): string => n.toString(16).padStart(24, '0');

/** The nth moment of the model's clock, which ticks in milliseconds. */
export const momentOf = (n: number): string => new Date(Date.UTC(2024, 0, 1) + n).toISOString();

/** A stored record: how it sorts, and what the server sends for it. */
interface Stored extends ModelRecord {
  readonly raw: unknown;
  /** Where it comes among records of the same moment. */
  readonly rank: number;
}

/**
 * `GET /v2/groups?sortBy=modifiedAt` as a function of its paging parameters, with the semantics of MongoDB. A
 * missing date sorts first and matches no range. Equal dates come in an arbitrary but stable order, which is not
 * the order of the ids.
 */
export class ModelUpstream {
  /** Every page asked for, in order. */
  readonly calls: KeysetPage[] = [];
  /** Runs before each call is answered: the place to change the data in. */
  beforeCall: (call: number) => void = () => undefined;
  /** What a change writes as `modifiedAt`: a number for {@link momentOf}. */
  clock = 0;

  /** The list, for the gateway to read. */
  readonly list: KeysetList<GroupRecord>;
  readonly #cap: number;
  readonly #counts: NonNullable<ModelOptions['counts']>;
  readonly #traits: Traits;
  readonly #total: ModelOptions['total'];
  readonly #skipsAsAsked: boolean;
  readonly #ignoresOrder: boolean;
  readonly #stored = new Map<string, Stored>();
  readonly #removedAt = new Map<string, number>();

  constructor({
    cap = 1000,
    total,
    counts = 'total',
    isNew = false,
    skipsAsAsked = false,
    ignoresOrder = false,
  }: ModelOptions = {}) {
    const known: CountMeaning = total === undefined ? 'none' : counts;
    this.#traits = createTraits(isNew ? {} : { counts: { groups: known } });
    const session = { traits: this.#traits };
    this.list = { name: 'groups', session, fetchPage: (page) => this.fetchPage(page) };
    this.#counts = counts;
    this.#ignoresOrder = ignoresOrder;
    this.#cap = cap;
    this.#total = total;
    this.#skipsAsAsked = skipsAsAsked;
  }

  /** What is stored, in the order that the gateway promises: by `modifiedAt`, then id. */
  get records(): ModelRecord[] {
    return [...this.#stored.values()]
      .map(({ id, modifiedAt }) => ({ id, modifiedAt }))
      .sort((a, b) => compareMoments(a.modifiedAt, b.modifiedAt) || (a.id < b.id ? -1 : 1));
  }

  /** Stores a record as it was before the test began. */
  store(id: string, modifiedAt: Moment, rank = rankOf(id)): void {
    const raw = { _id: id, name: 'A group', ...(modifiedAt !== null && { modifiedAt }) };
    this.#stored.set(id, { id, modifiedAt, raw, rank });
  }

  /** Stores anything; `modifiedAt` is what the server sorts it by, whatever it sends. */
  storeRaw(id: string, modifiedAt: Moment, raw: unknown, rank = rankOf(id)): void {
    this.#stored.set(id, { id, modifiedAt, raw, rank });
  }

  /**
   * Creates or changes a record, now. An item that was removed in this very moment comes back in the next one.
   * Otherwise it would look unchanged to every reader, and no reading could see that it was away.
   */
  change(id: string): void {
    if (this.#removedAt.get(id) === this.clock) this.clock += 1;
    this.store(id, momentOf(this.clock), this.#stored.get(id)?.rank);
  }

  /** Takes a record off the list, as deactivating it or a lost permission does. */
  remove(id: string): void {
    if (this.#stored.delete(id)) this.#removedAt.set(id, this.clock);
  }

  readonly fetchPage = async (page: KeysetPage): Promise<Collection<GroupRecord>> => {
    this.beforeCall(this.calls.length);
    this.calls.push(page);
    return this.#note(page, readCollection(this.#answer(page), ['groups'], groupRecord));
  };

  /** The latest change first, as with `orderBy=desc`. */
  readonly fetchNewest = async (newest: NewestPage): Promise<Collection<GroupRecord>> => {
    const page = { page: 1, ...newest };
    this.beforeCall(this.calls.length);
    this.calls.push(page);
    return this.#note(
      page,
      readCollection(this.#answer(page, !this.#ignoresOrder), ['groups'], groupRecord),
    );
  };

  #note(page: KeysetPage, found: Collection<GroupRecord>): Collection<GroupRecord> {
    this.#traits.notePage('groups', { ...page, items: found.items.length, count: found.total });
    return found;
  }

  /** What the gateway has learnt of the count. */
  get learnt(): CountMeaning {
    return this.#traits.countOf('groups');
  }

  #answer(asked: KeysetPage, isDescending = false): unknown {
    const { modified_gte, page, limit } = asked;
    const found = [...this.#stored.values()]
      .filter(({ modifiedAt }) => {
        if (modifiedAt === null) return modified_gte === undefined;
        return modifiedAt >= (modified_gte ?? '');
      })
      .sort((a, b) => compareMoments(a.modifiedAt, b.modifiedAt) || a.rank - b.rank);
    if (isDescending) found.reverse();
    const size = Math.min(limit, this.#cap);
    const skip = (page - 1) * (this.#skipsAsAsked ? limit : size);
    const groups = found.slice(skip, skip + size).map(({ raw }) => raw);
    const count = { total: found.length, wider: this.#stored.size, page: groups.length };
    const total = this.#total === undefined ? {} : { [this.#total]: count[this.#counts] };
    // Through JSON, so that a test can share no object with the gateway.
    return JSON.parse(JSON.stringify({ data: { groups, ...total } })) as unknown;
  }
}

/** Scatters ids that follow each other. */
const rankOf = (id: string): number => (parseInt(id.slice(-6), 16) * 7919) % 10_007;

/** The numbers from one to another, both included. */
export const range = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A model with records 1 to n, each a moment later than the one before. */
export function modelOf(count: number, options: ModelOptions = { total: 'count' }): ModelUpstream {
  const model = new ModelUpstream(options);
  for (const n of range(1, count)) model.store(idOf(n), momentOf(n));
  model.clock = count;
  return model;
}

/** A model with all of some records at one moment, the latest. */
export function crowdOf(ids: readonly number[], options: ModelOptions = { total: 'count' }) {
  const model = new ModelUpstream(options);
  for (const n of ids) model.store(idOf(n), momentOf(1));
  model.clock = 1;
  return model;
}
