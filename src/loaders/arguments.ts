import { isObjectId } from '../cotalker/records/fields.ts';
import { badUserInput } from '../errors.ts';
import type { GroupListFilter } from '../cotalker/records/group.ts';
import type { GroupFilter } from '../generated/resolvers.ts';
import { UPSTREAM_GROUP_TYPE } from '../mapping/group.ts';

export const MAX_FIRST = 500;
const MAX_SEARCH_LENGTH = 200;

/**
 * The page size that a caller asks for.
 *
 * @throws GraphQLError `BAD_USER_INPUT` outside of 0 to {@link MAX_FIRST}.
 */
export function readFirst(first: number): number {
  if (first >= 0 && first <= MAX_FIRST) return first;
  throw badUserInput(`"first" must be 0 to ${MAX_FIRST}.`);
}

/**
 * An id that a caller sent, in Cotalker's spelling (lower case).
 *
 * @throws GraphQLError `BAD_USER_INPUT` for anything but 24 hexadecimal characters.
 */
export function readId(id: string, argument = 'id'): string {
  const spelled = id.toLowerCase();
  if (isObjectId(spelled)) return spelled;
  throw badUserInput(`"${argument}" must be 24 hexadecimal characters.`);
}

/**
 * The search text of a caller; undefined if it is empty.
 *
 * @throws GraphQLError `BAD_USER_INPUT` for a text too long to be part of a URL.
 */
export function readSearch(search: string | null | undefined): string | undefined {
  if (search == null || search.trim() === '') return undefined;
  if (search.length <= MAX_SEARCH_LENGTH) return search;
  throw badUserInput(`"search" is longer than ${MAX_SEARCH_LENGTH} characters.`);
}

/**
 * A caller's lower bound in time, in Cotalker's format; undefined if there is none.
 *
 * @throws GraphQLError `BAD_USER_INPUT` where its offset from UTC takes it out of the years 0 to 9999.
 */
export function readMoment(moment: Date | null | undefined): string | undefined {
  const written = moment?.toISOString();
  // `toISOString` gives other years six digits and a sign, which Cotalker does not know.
  if (written === undefined || written.length === 24) return written;
  throw badUserInput('The time is not within the years 0 to 9999.');
}

/**
 * What is on the list of groups under a filter, and what cursors of it are bound to.
 *
 * @throws GraphQLError `BAD_USER_INPUT` for a filter that cannot be asked for.
 */
export function groupList(filter: GroupFilter) {
  const upstreamFilter = toListFilter(filter);
  const since = readMoment(filter.modifiedSince) ?? null;
  const list = ['groups', { ...upstreamFilter, since }] as const;
  return { upstreamFilter, filteredBy: filter.type ?? undefined, since, list };
}

const toListFilter = (filter: GroupFilter): GroupListFilter => ({
  groupType: filter.type == null ? undefined : UPSTREAM_GROUP_TYPE[filter.type],
  search: readSearch(filter.search),
  isActive: filter.includeInactive ? 'all' : 'true',
  created_gte: readMoment(filter.createdSince),
});
