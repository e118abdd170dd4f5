import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import { getGroup, listGroups } from '../cotalker/endpoints/groups.ts';
import type { GroupListFilter, GroupRecord } from '../cotalker/records/group.ts';
import { type KeysetItem, type KeysetList, readKeyset } from '../cotalker/paging/keyset.ts';
import type { Session } from '../cotalker/session.ts';
import type { GroupFilter, GroupType } from '../generated/resolvers.ts';
import { type GroupModel, toGroup, typeOfGroup, UPSTREAM_GROUP_TYPE } from '../mapping/group.ts';
import { readId, readMoment, readSearch } from './arguments.ts';
import { type ConnectionModel, type EdgeModel, readPage } from './connection.ts';
import { type Eventually, mapEventually, type TaskGroupLoader } from './task-group.ts';

/** A group before its type is known. */
export interface GroupSource {
  readonly record: GroupRecord | CotalkerError;
  /** The type that the list it came from was filtered by. */
  readonly filteredBy?: GroupType | undefined;
}

export type GroupEdgeModel = EdgeModel<GroupSource>;
export type GroupConnectionModel = ConnectionModel<GroupSource>;

export interface GroupPageArgs {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: GroupFilter | null;
}

export interface GroupLoader {
  /** A page of `GET /v2/groups`, by keyset; see `readKeyset` for the calls it makes. */
  page(args: GroupPageArgs): Promise<GroupConnectionModel>;
  /**
   * One group, or null where the caller cannot see it. In admin mode `GET /v2/groups/{id}`, else one
   * complete listing of all groups, which serves every such question of the request.
   *
   * @throws GraphQLError `BAD_USER_INPUT` for an id that is none, before any call.
   */
  byId(id: string): Promise<GroupModel | null>;
  /**
   * The group with its type, which may take a look-up of its task group: one call for all groups of the
   * request as a rule, none where the list was filtered by type or the group has a link target.
   */
  typed(source: GroupSource): Eventually<GroupModel>;
  /** The groups of a list, each as `typed`: one that fails, fails alone. */
  allTyped(sources: readonly GroupSource[]): Eventually<Eventually<GroupModel>[]>;
  /**
   * The group that another record points to, or null where the caller cannot see it: no call where the
   * request has met the group already, else as `byId`.
   */
  referred(id: string | null): Promise<GroupModel | null>;
}

export function createGroupLoader(session: Session, taskGroups: TaskGroupLoader): GroupLoader {
  let everyGroup: ReturnType<typeof listEveryGroup> | undefined;
  const met = new Map<string, GroupSource>();

  const typed = (source: GroupSource): Eventually<GroupModel> => {
    const { record, filteredBy } = source;
    if (!isReadable(record)) return Promise.reject(record);
    met.set(record._id, source);
    const type = typeOfGroup(record, { filteredBy });
    if (type !== undefined) return toGroup(record, type);
    return mapEventually(taskGroups.ofGroup(record._id), (taskGroup) =>
      toGroup(record, typeOfGroup(record, { hasTaskGroup: taskGroup !== null })),
    );
  };
  /** The id, where it takes a look-up to tell the type. */
  const idToLookUp = ({ record, filteredBy }: GroupSource): string[] =>
    isReadable(record) && typeOfGroup(record, { filteredBy }) === undefined ? [record._id] : [];

  const find = async (id: string): Promise<GroupSource | undefined> => {
    if (session.admin) {
      const record = await getGroup(session, id);
      return record === null ? undefined : { record };
    }
    everyGroup ??= listEveryGroup(session, 'all');
    return findListed(await everyGroup, id);
  };

  const findTyped = async (id: string): Promise<GroupModel | null> => {
    const source = await find(id);
    return source === undefined ? null : typed(source);
  };

  return {
    page: async ({ first, after, filter }) => {
      const { upstreamFilter, filteredBy, list, since } = groupList(filter ?? {});
      return readPage({
        first,
        after,
        list,
        since,
        upstream: groupsUpstream(session, upstreamFilter),
        toNode: ({ record }) => ({ record, filteredBy }),
      });
    },
    byId: async (id) => findTyped(readId(id)),
    typed,
    allTyped: (sources) => {
      const learning = taskGroups.learn(sources.flatMap(idToLookUp));
      // One promise for the list, and none for each of its groups.
      return learning?.then(() => sources.map(typed)) ?? sources.map(typed);
    },
    referred: async (id) => {
      const known = id === null ? undefined : met.get(id);
      if (known !== undefined) return typed(known);
      return id === null ? null : findTyped(id);
    },
  };
}

/**
 * The group of an id on a complete listing; undefined where it is not there.
 *
 * @throws CotalkerError why it could not be read, where an item that hides its id may be the group.
 */
export function findListed(
  items: readonly KeysetItem<GroupRecord>[],
  id: string,
): GroupSource | undefined {
  const found = items.find((item) => item.id === id);
  const suspect = items.find(({ record }) => !isReadable(record))?.record;
  if (found === undefined && suspect instanceof Error) throw suspect;
  return found;
}

/** `GET /v2/groups` under a filter, to be read by keyset. */
export const groupsUpstream = (
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
): KeysetList<GroupRecord> => ({
  name: 'groups',
  session,
  fetchPage: (page, again) => listGroups(session, filter, page, again),
});

/** All groups that the caller may list, the oldest change first: one call for up to 1,000 groups. */
export async function listEveryGroup(
  session: Session,
  isActive: GroupListFilter['isActive'],
): Promise<readonly KeysetItem<GroupRecord>[]> {
  return (await readKeyset(groupsUpstream(session, { isActive }), null, undefined, Infinity)).items;
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
