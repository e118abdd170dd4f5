import { type Collection, type Item, readCollection } from '../records/envelope.ts';
import { type PagesRead, readAllPages } from '../paging/all-pages.ts';
import type { Call } from '../call.ts';
import type { OffsetList } from '../paging/offset.ts';
import { type TaskGroupRecord, taskGroupRecord } from '../records/task-group.ts';
import type { Session } from '../session.ts';

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
  const found = readTaskGroups(await session.get(callForGroups(groupIds)));
  session.memory.drop(WHOLE);
  return found;
}

const callForGroups = (groupIds: readonly string[]): Call => ({
  template: '/v2/task-groups',
  query: { groupIds, ...queryOf({ page: 1, limit: GROUP_IDS_PER_CALL }) },
});

/**
 * `GET /v2/task-groups`: all task groups that the caller may see, inactive ones too. One call, and more where
 * the server puts fewer on a page or its count proves nothing; see `readAllPages`.
 *
 * @param maxCalls Gives up where it takes more.
 */
export async function listTaskGroups(
  session: Session,
  maxCalls?: number,
): Promise<PagesRead<TaskGroupRecord>> {
  const calls: Call[] = [];
  const pages: Collection<TaskGroupRecord>[] = [];
  const fetchPage: OffsetList<TaskGroupRecord>['fetchPage'] = async (page, again) => {
    const call: Call = { template: '/v2/task-groups', query: queryOf(page), again };
    calls.push(call);
    const found = readTaskGroups(await session.get(call));
    pages.push(found);
    return found;
  };
  const read = await readAllPages({ name: 'taskGroups', session, fetchPage }, maxCalls);
  const { items } = read;
  if (items !== undefined) {
    // One page may have been all.
    const { body } = pages.find((page) => page.items === items) ?? {
      body: { data: { taskgroups: items.map(({ raw }) => raw) } },
    };
    void session.memory.keep(WHOLE, body, calls);
  }
  return read;
}

/** What a reading of all pages is remembered as: no page is, since all have to be of one age. */
const WHOLE: Call = { template: '/v2/task-groups', query: { isActive: 'all' } };

/** Task groups that are remembered, and when Cotalker was asked for them, as `Date.now()` counts. */
interface RememberedTaskGroups {
  readonly items: readonly Item<TaskGroupRecord>[];
  readonly askedAt: number;
}

/**
 * What the caller's last {@link listTaskGroups} has brought, or {@link listTaskGroupsOf} of one group; no call.
 * Undefined where it is not remembered.
 */
export async function rememberedTaskGroups(
  { memory }: Session,
  groupId?: string,
): Promise<RememberedTaskGroups | undefined> {
  const known = await memory.answerTo(groupId === undefined ? WHOLE : callForGroups([groupId]));
  return known && { items: readTaskGroups(known.body).items, askedAt: known.askedAt };
}
