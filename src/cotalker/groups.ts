import * as z from 'zod';
import { type Collection, readCollection, readEntity, readReference } from './envelope.ts';
import { absentAsNull, isReadable } from './errors.ts';
import { dateTime, flag, list, number, objectId, recordOf, reference, text } from './fields.ts';
import type { KeysetItem, KeysetPage } from './keyset.ts';
import type { Session } from './session.ts';

const action = z.object({
  _id: text,
  display: text,
  url: text,
  icon: text,
  auth: flag,
  external: flag,
  weight: number,
});

const link = z
  .object({
    url: text,
    cmd: text,
    linkType: text,
    auth: flag,
    embedded: flag,
    external: flag,
  })
  .nullish()
  .transform((value) => value ?? null);

/** COTGroup, in both generations of the payload (sheet, section 3). */
export const groupRecord = recordOf({
  _id: objectId,
  nameDisplay: text,
  name: text,
  nameCode: text,
  code: text,
  createdAt: dateTime,
  modifiedAt: dateTime,
  isActive: flag,
  weight: number,
  color: text,
  icon: text,
  parent: reference,
  isCategory: flag,
  nestedGroups: list(reference),
  actions: list(action),
  link,
});
export type GroupRecord = z.infer<typeof groupRecord>;

/** Which groups to list, in the upstream's words. */
export interface GroupListFilter {
  readonly groupType?: 'channel' | 'task' | 'link' | undefined;
  readonly search?: string | undefined;
  readonly isActive: 'all' | 'true';
  readonly created_gte?: string | undefined;
}

/** `GET /v2/groups`: one page, the oldest change first, with a count (see `traits.ts`). */
export async function listGroups(
  session: Pick<Session, 'get' | 'traits'>,
  filter: GroupListFilter,
  page: KeysetPage,
  again = false,
): Promise<Collection<GroupRecord>> {
  const body = await session.get({
    template: '/v2/groups',
    query: { ...filter, ...page, sortBy: 'modifiedAt', orderBy: 'asc', count: true },
    again,
  });
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

/** The parent that a listed group names, as far as even a malformed one tells. */
export const parentOfGroup = ({ record, malformed }: KeysetItem<GroupRecord>): string | null =>
  isReadable(record) ? record.parent : (readReference(malformed?.raw, 'parent') ?? null);
