import { isReadable } from '../cotalker/errors.ts';
import { getGroup } from '../cotalker/endpoints/groups.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import { compareMoments } from '../cotalker/records/moment.ts';
import type { Session } from '../cotalker/session.ts';
import { type GroupModel, toGroup, typeOfGroup } from '../mapping/group.ts';
import { readId } from './arguments.ts';
import type { EveryGroup } from './every-group.ts';
import {
  createGroupPages,
  type GroupConnectionModel,
  type GroupPageArgs,
  type GroupSource,
} from './group-page.ts';
import type { WantedGroup } from './task-group-look-up.ts';
import { type Eventually, mapEventually, type TaskGroupLoader } from './task-group.ts';

export interface GroupLoader {
  /**
   * A page of `GET /v2/groups`, by keyset; see `readKeyset` for the calls it makes.
   *
   * @param isSizeAlone Whether only the list's size is asked for, see `readSize`.
   */
  page(args: GroupPageArgs, isSizeAlone: boolean): Promise<GroupConnectionModel>;
  /**
   * One group, or null where the caller cannot see it. In admin mode `GET /v2/groups/{id}`, else one
   * complete listing of all groups, which serves every such question of the request.
   *
   * @param needsType As of `typed`.
   * @throws GraphQLError `BAD_USER_INPUT` for an id that is none, before any call.
   */
  byId(id: string, needsType: boolean): Promise<GroupModel | null>;
  /**
   * The group with its type, which may take a look-up of its task group. As a rule that is one call for all groups of
   * the request. It is none where the list was filtered by type, or the group has a link target.
   *
   * @param needsType Whether the answer depends on its type. Where not, and only a look-up could tell a task group
   *   from a standard one, it passes for a standard one.
   */
  typed(source: GroupSource, needsType: boolean): Eventually<GroupModel>;
  /** The groups of a list, each as `typed`: one that fails, fails alone. */
  allTyped(
    sources: readonly GroupSource[],
    needsType: boolean,
  ): Eventually<Eventually<GroupModel>[]>;
  /**
   * The group that another record points to, or null where the caller cannot see it: no call where the
   * request has met the group already, else as `byId`.
   */
  referred(id: string, needsType: boolean): Promise<GroupModel | null>;
}

export function createGroupLoader(
  session: Session,
  everyGroup: EveryGroup,
  taskGroups: TaskGroupLoader,
): GroupLoader {
  const met = new Map<string, GroupSource>();

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
  /** The group, if it takes a look-up to tell the type. */
  const toLookUp = ({ record, filteredBy }: GroupSource): WantedGroup[] =>
    isReadable(record) && typeOfGroup(record, { filteredBy }) === undefined
      ? [{ id: record._id, changedAt: changedAt(record) }]
      : [];

  const allTyped: GroupLoader['allTyped'] = (sources, needsType) => {
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
    byId: async (id, needsType) => findTyped(readId(id), needsType),
    typed,
    allTyped,
    referred: async (id, needsType) => {
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
