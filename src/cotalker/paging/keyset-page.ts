import type { PagedList } from './looks.ts';
import type { Moment } from '../records/moment.ts';

/** Where a page starts and how long it is, in the upstream's words. */
export interface KeysetPage {
  readonly modified_gte?: string;
  readonly modified_gt?: string;
  /** Counts from 1. */
  readonly page: number;
  readonly limit: number;
}

/** The largest limit that Cotalker's own SDK asks for; a server may return fewer. */
export const MAX_LIMIT = 1000;

/** A list sorted by `modifiedAt` ascending, whose pages come with a count. */
export type KeysetList<R> = PagedList<KeysetPage, R>;

export const pageFrom = (from: Moment, limit: number): KeysetPage => ({
  ...(from !== null && { modified_gte: from }),
  page: 1,
  limit,
});
