import { type Collection, type Item, readCollection, readEntity } from '../records/envelope.ts';
import type { Call } from '../call.ts';
import { absentAsNull } from '../errors.ts';
import type { KeysetPage } from '../paging/paged-list.ts';
import { type GroupListFilter, type GroupRecord, groupRecord } from '../records/group.ts';
import type { Session } from '../session.ts';

/**
 * `GET /v2/groups`: one page, with a count (see `traits`).
 *
 * @param orderBy `asc`: the oldest change first; `desc`: the latest.
 */
export async function listGroups(
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
  page: KeysetPage,
  again = false,
  orderBy: 'asc' | 'desc' = 'asc',
): Promise<Collection<GroupRecord>> {
  const body = await session.get({ ...callForPage(filter, page, orderBy), again });
  const found = readGroups(body);
  session.traits.notePage('groups', { ...page, items: found.items.length, count: found.total });
  return found;
}

const callForPage = (filter: GroupListFilter, page: KeysetPage, orderBy: 'asc' | 'desc'): Call => ({
  template: '/v2/groups',
  query: { ...filter, ...page, sortBy: 'modifiedAt', orderBy, count: true },
});

const readGroups = (body: unknown): Collection<GroupRecord> =>
  readCollection(body, ['groups'], groupRecord);

/** What the whole list is remembered as, whatever page it came on. */
const wholeList = (isActive: GroupListFilter['isActive']): Call => ({
  template: '/v2/groups',
  query: { isActive },
});

/**
 * Remembers a page that was the whole list of groups.
 *
 * @param found What {@link listGroups} has answered to the page.
 */
export function rememberGroups(
  memory: Session['memory'],
  isActive: GroupListFilter['isActive'],
  page: KeysetPage,
  found: Collection<GroupRecord>,
): void {
  void memory.keep(wholeList(isActive), found.body, [callForPage({ isActive }, page, 'asc')]);
}

/** The whole list of groups, the oldest change first; undefined where it is not remembered. No call. */
export async function rememberedGroups(
  { memory }: Session,
  isActive: GroupListFilter['isActive'],
): Promise<readonly Item<GroupRecord>[] | undefined> {
  const known = await memory.answerTo(wholeList(isActive));
  return known && readGroups(known.body).items;
}

/**
 * `GET /v2/groups/{id}`: one group, or null where there is none. Demands admin mode; without it
 * Cotalker answers 403 (`FORBIDDEN`).
 */
export const getGroup = (session: Session, id: string): Promise<GroupRecord | null> =>
  absentAsNull(async () =>
    readEntity(await session.get({ template: '/v2/groups/{id}', id }), id, groupRecord),
  );
