import { type Collection, readCollection, readEntity } from '../records/envelope.ts';
import { absentAsNull } from '../errors.ts';
import type { KeysetPage } from '../paging/keyset.ts';
import { type GroupListFilter, type GroupRecord, groupRecord } from '../records/group.ts';
import type { Call } from '../call.ts';
import type { Session } from '../session.ts';

/** The call of {@link listGroups}. */
export const callForGroups = (filter: GroupListFilter, page: KeysetPage): Call => ({
  template: '/v2/groups',
  query: { ...filter, ...page, sortBy: 'modifiedAt', orderBy: 'asc', count: true },
});

/** What a list of all groups is remembered as, whatever page it came on. */
const whole = (isActive: GroupListFilter['isActive']): Call => ({
  template: '/v2/groups',
  query: { isActive },
});

/**
 * Remembers a page as the list of all groups, for {@link rememberedGroups}.
 *
 * @param calls What it took to read it and to know that there are no more.
 */
export const rememberGroups = (
  { memory }: Session,
  isActive: GroupListFilter['isActive'],
  { items }: Collection<GroupRecord>,
  calls: readonly Call[],
): Promise<void> =>
  memory.keep(whole(isActive), { data: { groups: items.map(({ raw }) => raw) } }, calls);

/** All groups of the caller, the oldest change first, where they are remembered; no call. */
export async function rememberedGroups(
  { memory }: Session,
  isActive: GroupListFilter['isActive'],
): Promise<Collection<GroupRecord> | undefined> {
  const known = await memory.answerTo(whole(isActive));
  return known && readCollection(known.body, ['groups'], groupRecord);
}

/** `GET /v2/groups`: one page, the oldest change first, with a count (see `index.ts`). */
export async function listGroups(
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
  page: KeysetPage,
  again = false,
): Promise<Collection<GroupRecord>> {
  const body = await session.get({ ...callForGroups(filter, page), again });
  const found = readCollection(body, ['groups'], groupRecord);
  session.traits.notePage('groups', { ...page, items: found.items.length, count: found.total });
  return found;
}

/** `GET /v2/groups`: the groups that changed last, the latest change first, with a count. */
export async function listNewestGroups(
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
  page: { readonly modified_gte?: string; readonly limit: number },
): Promise<Collection<GroupRecord>> {
  const body = await session.get({
    template: '/v2/groups',
    query: { ...filter, ...page, page: 1, sortBy: 'modifiedAt', orderBy: 'desc', count: true },
  });
  const found = readCollection(body, ['groups'], groupRecord);
  session.traits.notePage('groups', { ...page, items: found.items.length, count: found.total });
  return found;
}

/**
 * `GET /v2/groups/{id}`: one group, or null where there is none. Demands admin mode; without it
 * Cotalker answers 403 (`FORBIDDEN`).
 */
export const getGroup = (session: Session, id: string): Promise<GroupRecord | null> =>
  absentAsNull(async () =>
    readEntity(await session.get({ template: '/v2/groups/{id}', id }), id, groupRecord),
  );
