import type { GroupListFilter } from '../cotalker/records/group.ts';
import type { GroupFilter } from '../generated/resolvers.ts';
import { UPSTREAM_GROUP_TYPE } from '../mapping/group.ts';
import { readMoment, readSearch } from './arguments.ts';

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
