import type { KeysetItem } from '../cotalker/records/placed-item.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import { createMemo } from '../cotalker/sharing/derived.ts';
import type { Cotalker } from '../cotalker/session.ts';
import type { GroupFilter } from '../generated/resolvers.ts';
import { groupList } from '../loaders/arguments.ts';
import { readCursor } from '../loaders/connection.ts';
import { createGroupBatch, type GroupBatch } from '../loaders/group-batch.ts';
import type { GroupEdgeModel } from '../loaders/group.ts';
import { encodeKeysetCursor, listName } from '../mapping/cursor.ts';
import type { Follow, Follower } from './follow.ts';
import { readGroups } from './group-reader.ts';

export interface GroupChangesArgs {
  readonly after?: string | null;
  readonly filter?: GroupFilter | null;
}

interface GroupChange extends GroupEdgeModel {
  readonly batch: GroupBatch;
}

/**
 * Follows a caller's list of groups. Gives each group that changes or is new, as an edge.
 *
 * @throws As {@link Follow}; GraphQLError `BAD_USER_INPUT` for the same arguments as `Query.groups`.
 */
export type FollowGroups = (
  follower: Follower,
  args: GroupChangesArgs,
) => Promise<AsyncIterable<GroupChange | Error>>;

const batchOf = createMemo<readonly KeysetItem<GroupRecord>[], GroupBatch>();

export const createGroupChanges =
  (follow: Follow, { forgetLists }: Pick<Cotalker, 'forgetLists'>): FollowGroups =>
  async (follower, { after, filter }) => {
    const list = groupList(filter ?? {});
    const name = listName(...list.list);
    return follow<GroupRecord, GroupChange>(follower, {
      name,
      after: after == null ? undefined : readCursor(name, after),
      // A caller who learns of a change and then lists groups has to find it there.
      readerOf: (caller, session) => readGroups(list, session, () => forgetLists(caller)),
      toEvent: ({ record, position, batch }) => ({
        node: { record, filteredBy: list.filteredBy },
        batch: batchOf(batch, () => createGroupBatch(batch)),
        get cursor() {
          return encodeKeysetCursor(name, position);
        },
      }),
    });
  };
