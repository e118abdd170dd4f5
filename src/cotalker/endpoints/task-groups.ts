import type * as z from 'zod';
import { type Collection, type Item, readCollection } from '../records/envelope.ts';
import { isReadable } from '../errors.ts';
import { dateTime, flag, integer, objectId, recordOf, reference, text } from '../records/fields.ts';
import { type PagesRead, readAllPages } from '../paging/all-pages.ts';
import type { OffsetList } from '../paging/offset.ts';
import type { Session } from '../session.ts';

/** COTTaskGroup (sheet, section 3): the workflow behind a group, and the sign that it is a task group. */
export const taskGroupRecord = recordOf({
  _id: objectId,
  group: reference,
  isActive: flag,
  createdAt: dateTime,
  collectionName: text,
  flowType: text,
  defaultView: text,
  initialStateMachine: reference,
  hideClosedAfterDays: integer,
});
export type TaskGroupRecord = z.infer<typeof taskGroupRecord>;

/** How many ids {@link listTaskGroupsOf} may name. */
export const GROUP_IDS_PER_CALL = 100;

const queryOf = (page: { readonly page: number; readonly limit: number }) => ({
  isActive: 'all',
  // A key that never changes, so that no page moves while the next one is read.
  sortBy: 'createdAt',
  orderBy: 'asc',
  ...page,
  count: true,
});

const readTaskGroups = (body: unknown): Collection<TaskGroupRecord> =>
  readCollection(body, ['taskgroups', 'values'], taskGroupRecord);

/**
 * `GET /v2/task-groups?groupIds=…`: task groups of groups, inactive ones too. One call. The gateway names one
 * group alone: of several, a server may take one, or refuse them (sheet, section 1). One that takes no notice
 * of `groupIds` answers with a page of all task groups.
 *
 * @param groupIds At most {@link GROUP_IDS_PER_CALL}.
 */
export async function listTaskGroupsOf(
  session: Session,
  groupIds: readonly string[],
): Promise<Collection<TaskGroupRecord>> {
  const query = { groupIds, ...queryOf({ page: 1, limit: GROUP_IDS_PER_CALL }) };
  return readTaskGroups(await session.get({ template: '/v2/task-groups', query }));
}

/**
 * `GET /v2/task-groups`: all task groups that the caller may see, inactive ones too. One call, and more where
 * the server puts fewer on a page or its count proves nothing; see `readAllPages`.
 *
 * @param maxCalls Gives up where it takes more.
 */
export const listTaskGroups = (
  session: Session,
  maxCalls?: number,
): Promise<PagesRead<TaskGroupRecord>> => {
  const fetchPage: OffsetList<TaskGroupRecord>['fetchPage'] = async (page, again) =>
    readTaskGroups(await session.get({ template: '/v2/task-groups', query: queryOf(page), again }));
  return readAllPages({ name: 'taskGroups', session, fetchPage }, maxCalls);
};

const groupOnly = recordOf({ group: reference });

/** The group that an item names, null for none; undefined where that cannot be read. */
export function readGroupOf({ record, raw }: Item<TaskGroupRecord>): string | null | undefined {
  const group = isReadable(record) ? record.group : groupOnly.safeParse(raw).data?.group;
  return isReadable(group) ? group : undefined;
}
