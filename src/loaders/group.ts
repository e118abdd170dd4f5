import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import type { GroupFilter, GroupType, ListOrder } from '../generated/resolvers.ts';
import type { EdgeModel } from '../mapping/connection.ts';
import { type GroupModel, toGroup, typeOfGroup } from '../mapping/group.ts';
import { type ConnectionModel, readSize } from './connection.ts';
import type { EveryGroup } from './every-group.ts';
import { groupList, readId } from './arguments.ts';
import { type Eventually, mapEventually, type TaskGroupLoader } from './task-group.ts';
import { getGroup } from '../cotalker/endpoints/groups.ts';
import { compareMoments } from '../cotalker/records/moment.ts';
import type { Session } from '../cotalker/session.ts';
import { readingIn } from './list-order.ts';
import type { WantedGroup } from './task-group-look-up.ts';

export interface GroupSource {
  readonly record: GroupRecord | CotalkerError;
  /** The type that the list it came from was filtered by. */
  readonly filteredBy?: GroupType | undefined;
}

export type GroupEdgeModel = EdgeModel<GroupSource>;
export type GroupConnectionModel = ConnectionModel<GroupSource>;

interface GroupPageArgs {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: GroupFilter | null;
  readonly order?: ListOrder | null;
}

const TYPE_NAMES = { STANDARD: 'StandardGroup', TASK: 'TaskGroup', LINK: 'LinkGroup' } as const;

type AllTyped = (
  sources: readonly GroupSource[],
  needsType: boolean,
) => Eventually<Eventually<GroupModel>[]>;

/**
 * Reads pages of `GET /v2/groups`, by keyset; see `readKeyset` for the calls it makes.
 *
 * @param isSizeAlone Whether only the list's size is asked for, see `readSize`.
 */
function createGroupPages(everyGroup: EveryGroup, allTyped: AllTyped) {
  /** Those of a type; undefined where that of one cannot be known: then Cotalker's own filter tells. */
  const onlyOf = async <S extends GroupSource>(
    type: GroupType,
    sources: readonly S[],
  ): Promise<S[] | undefined> => {
    try {
      const models = await Promise.all((await allTyped(sources, true)).map(async (model) => model));
      return sources.filter((_, place) => models[place]?.__typename === TYPE_NAMES[type]);
    } catch {
      return undefined;
    }
  };

  return async (
    { first, after, filter, order }: GroupPageArgs,
    isSizeAlone: boolean,
  ): Promise<GroupConnectionModel> => {
    const { upstreamFilter, filteredBy, list, since } = groupList(filter ?? {});
    const { isActive, groupType, ...others } = upstreamFilter;
    const narrowing = [since ?? undefined, ...Object.values(others)];
    const isWide = narrowing.every((value) => value === undefined);
    const toNode = ({ record }: Pick<GroupSource, 'record'>) => ({ record, filteredBy });
    const { inOrder, readPage, pageOfWhole } = readingIn(order ?? 'OLDEST');
    const options = { first, after, list: inOrder(list), toNode };
    const all = isWide ? await everyGroup.remembered(isActive) : undefined;
    const ofType = all && (filteredBy === undefined ? all : await onlyOf(filteredBy, all));
    if (ofType !== undefined) return pageOfWhole({ ...options, all: ofType });
    const { upstream, onWhole } = everyGroup.read(upstreamFilter);
    const isWhole = isWide && groupType === undefined;
    return (isSizeAlone ? readSize : readPage)({
      ...options,
      ...{ since, upstream, onWhole: isWhole ? onWhole : undefined },
    });
  };
}

export type GroupLoader = ReturnType<typeof createGroupLoader>;

export function createGroupLoader(
  session: Session,
  everyGroup: EveryGroup,
  taskGroups: TaskGroupLoader,
) {
  const met = new Map<string, GroupSource>();

  /**
   * The group with its type, which may take a look-up of its task group. As a rule that is one call for all groups of
   * the request. It is none where the list was filtered by type, or the group has a link target.
   *
   * @param needsType Whether the answer depends on its type. Where not, and only a look-up could tell a task group
   *   from a standard one, it passes for a standard one.
   */
  const typed = (source: GroupSource, needsType: boolean): Eventually<GroupModel> => {
    const { record, filteredBy } = source;
    if (!isReadable(record)) return Promise.reject(record);
    met.set(record._id, source);
    const type = typeOfGroup(record, { filteredBy });
    if (type !== undefined || !needsType) return toGroup(record, type ?? 'STANDARD');
    return mapEventually(taskGroups.ofGroup(record._id, changedAt(record)), (taskGroup) =>
      toGroup(record, typeOfGroup(record, { hasTaskGroup: taskGroup !== null })),
    );
  };
  const toLookUp = ({ record, filteredBy }: GroupSource): WantedGroup[] =>
    isReadable(record) && typeOfGroup(record, { filteredBy }) === undefined
      ? [{ id: record._id, changedAt: changedAt(record) }]
      : [];

  /** The groups of a list, each as `typed`: one that fails, fails alone. */
  const allTyped: AllTyped = (sources, needsType) => {
    const toModels = () => sources.map((source) => typed(source, needsType));
    // One promise for the list, and none for each of its groups.
    const learning = needsType ? taskGroups.learn(sources.flatMap(toLookUp)) : undefined;
    return learning?.then(toModels) ?? toModels();
  };
  const find = async (id: string): Promise<GroupSource | undefined> => {
    if (!session.admin) return everyGroup.find(id);
    const record = await getGroup(session, id);
    return record === null ? undefined : { record };
  };

  const findTyped = async (id: string, needsType: boolean): Promise<GroupModel | null> => {
    const source = await find(id);
    return source === undefined ? null : typed(source, needsType);
  };

  return {
    page: createGroupPages(everyGroup, allTyped),
    /**
     * One group, or null where the caller cannot see it. In admin mode `GET /v2/groups/{id}`, else one
     * complete listing of all groups, which serves every such question of the request.
     *
     * @throws GraphQLError `BAD_USER_INPUT` for an id that is none, before any call.
     */
    byId: async (id: string, needsType: boolean): Promise<GroupModel | null> =>
      findTyped(readId(id), needsType),
    typed,
    allTyped,
    /**
     * The group that another record points to, or null where the caller cannot see it: no call where the
     * request has met the group already, else as `byId`.
     */
    referred: async (id: string, needsType: boolean): Promise<GroupModel | null> => {
      const known = met.get(id);
      return known === undefined ? findTyped(id, needsType) : typed(known, needsType);
    },
  };
}

/** When a group was created or last changed; undefined if its record does not say. */
function changedAt({ createdAt, modifiedAt }: GroupRecord): string | undefined {
  if (!isReadable(createdAt) || !isReadable(modifiedAt)) return undefined;
  return (compareMoments(createdAt, modifiedAt) > 0 ? createdAt : modifiedAt) ?? undefined;
}
