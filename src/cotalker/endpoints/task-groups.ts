import { type Item, readCollection } from '../records/envelope.ts';
import { readAllPages } from '../paging/all-pages.ts';
import type { Call } from '../call.ts';
import type { OffsetList } from '../paging/offset.ts';
import { type TaskGroupRecord, taskGroupRecord } from '../records/task-group.ts';
import type { Session } from '../session.ts';

const readTaskGroups = (body: unknown) =>
  readCollection(body, ['taskgroups', 'values'], taskGroupRecord);

/**
 * `GET /v2/task-groups`: all task groups that the caller may see, inactive ones too. One call, and more where
 * the server puts fewer on a page or its count proves nothing; see `readAllPages`.
 */
export async function listTaskGroups(session: Session): Promise<readonly Item<TaskGroupRecord>[]> {
  const calls: Call[] = [];
  const fetchPage: OffsetList<TaskGroupRecord>['fetchPage'] = async (page, again) => {
    const query = {
      isActive: 'all',
      // A key that never changes, so that no page moves while the next one is read.
      sortBy: 'createdAt',
      orderBy: 'asc',
      ...page,
      count: true,
    };
    const call: Call = { template: '/v2/task-groups', query, again };
    calls.push(call);
    return readTaskGroups(await session.get(call));
  };
  const items = await readAllPages({ name: 'taskGroups', session, fetchPage });
  const taskgroups = items.map(({ raw }) => raw);
  void session.memory.keep(WHOLE, { data: { taskgroups } }, calls);
  return items;
}

/** What a reading of all pages is remembered as: no page is, since all have to be of one age. */
const WHOLE: Call = { template: '/v2/task-groups', query: { isActive: 'all' } };

/** Task groups that are remembered, and when Cotalker was asked for them, as `Date.now()` counts. */
export interface RememberedTaskGroups {
  readonly items: readonly Item<TaskGroupRecord>[];
  readonly askedAt: number;
}

/** What the caller's last {@link listTaskGroups} has brought; undefined where it is not remembered. No call. */
export async function rememberedTaskGroups({
  memory,
}: Session): Promise<RememberedTaskGroups | undefined> {
  const known = await memory.answerTo(WHOLE);
  return known && { items: readTaskGroups(known.body).items, askedAt: known.askedAt };
}
