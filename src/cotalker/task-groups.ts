import type * as z from 'zod';
import { type Item, readCollection } from './envelope.ts';
import { isReadable } from './errors.ts';
import { dateTime, flag, integer, objectId, recordOf, reference, text } from './fields.ts';
import { readAtOneAge } from './one-age.ts';
import { readAllPages } from './pages.ts';
import type { Session } from './session.ts';

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

/** How many ids one call may name. */
export const GROUP_IDS_PER_CALL = 100;

/**
 * `GET /v2/task-groups?groupIds=…`: all task groups, inactive ones too, of at most
 * {@link GROUP_IDS_PER_CALL} groups. One call, and one more for each further page where the server
 * returns fewer than there are.
 */
export function listTaskGroupsOf(
  session: Session,
  groupIds: readonly string[],
): Promise<readonly Item<TaskGroupRecord>[]> {
  return readAtOneAge(session, (get) =>
    readAllPages(async (page) => {
      const body = await get({
        template: '/v2/task-groups',
        query: {
          groupIds,
          isActive: 'all',
          // A key that never changes, so that no page moves while the next one is read.
          sortBy: 'createdAt',
          orderBy: 'asc',
          limit: GROUP_IDS_PER_CALL,
          page,
          count: true,
        },
      });
      return readCollection(body, ['taskgroups', 'values'], taskGroupRecord);
    }),
  );
}

const groupOnly = recordOf({ group: reference });

/** The group that an item names, null for none; undefined where that cannot be read. */
export function readGroupOf({ record, raw }: Item<TaskGroupRecord>): string | null | undefined {
  const group = isReadable(record) ? record.group : groupOnly.safeParse(raw).data?.group;
  return isReadable(group) ? group : undefined;
}
