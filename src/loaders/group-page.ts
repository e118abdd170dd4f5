import type { CotalkerError } from '../cotalker/errors.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import type { GroupFilter, GroupType, ListOrder } from '../generated/resolvers.ts';
import type { GroupModel } from '../mapping/group.ts';
import {
  type ConnectionModel,
  type EdgeModel,
  pageOfWhole,
  readPage,
  readSize,
} from './connection.ts';
import type { EveryGroup } from './every-group.ts';
import { groupList } from './arguments.ts';
import { newestOfWhole, readNewest } from './newest.ts';
import type { Eventually } from './task-group.ts';

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
  readonly order?: ListOrder | null;
}

const TYPE_NAMES = { STANDARD: 'StandardGroup', TASK: 'TaskGroup', LINK: 'LinkGroup' } as const;

/**
 * Reads pages of the list of groups; see `GroupLoader.page`.
 *
 * @param allTyped See `GroupLoader.allTyped`.
 */
export function createGroupPages(
  everyGroup: EveryGroup,
  allTyped: (
    sources: readonly GroupSource[],
    needsType: true,
  ) => Eventually<Eventually<GroupModel>[]>,
): (args: GroupPageArgs, isSizeAlone: boolean) => Promise<GroupConnectionModel> {
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

  return async ({ first, after, filter, order }, isSizeAlone) => {
    const { upstreamFilter, filteredBy, list, since } = groupList(filter ?? {});
    const { isActive, groupType, ...others } = upstreamFilter;
    const narrowing = [since ?? undefined, ...Object.values(others)];
    const isWide = narrowing.every((value) => value === undefined);
    const toNode = ({ record }: Pick<GroupSource, 'record'>) => ({ record, filteredBy });
    const options = { first, after, list, toNode };
    const all = isWide ? await everyGroup.remembered(isActive) : undefined;
    const ofType = all && (filteredBy === undefined ? all : await onlyOf(filteredBy, all));
    const isNewest = order === 'NEWEST';
    if (ofType !== undefined)
      return (isNewest ? newestOfWhole : pageOfWhole)({ ...options, all: ofType });
    const { upstream, onWhole } = everyGroup.read(upstreamFilter);
    const isWhole = isWide && groupType === undefined;
    return (isNewest ? readNewest : isSizeAlone ? readSize : readPage)({
      ...options,
      ...{ since, upstream, onWhole: isWhole ? onWhole : undefined },
    });
  };
}
