import { absentAsNull } from '../errors.ts';
import { fetchByIds } from '../paging/by-ids.ts';
import type { IdList } from '../paging/id-search.ts';
import { type Item, readCollection, readEntity, readItem } from '../records/envelope.ts';
import type { Identified, RecordReader } from '../records/fields.ts';
import { type PropertyRecord, propertyRecord } from '../records/property.ts';
import { type UserRecord, userRecord, type ViewerRecord, viewerRecord } from '../records/user.ts';
import type { Session } from '../session.ts';

/** The records found, or why one cannot be had; ids that Cotalker does not know are absent. */
type Found<R> = ReadonlyMap<string, Item<R>['record']>;

export const PROPERTY_IDS_PER_CALL = 100;
/** The same: what Cotalker's own SDK sends at most. */
export const USER_IDS_PER_CALL = 30;

/**
 * `GET /v2/properties?ids=…`: those of at most {@link PROPERTY_IDS_PER_CALL} properties that Cotalker
 * knows, inactive ones too. No call for those that are remembered. One call for the others as a rule, see `fetchByIds`.
 */
export const listProperties = (
  session: Session,
  ids: readonly string[],
): Promise<Found<PropertyRecord>> =>
  rememberedOrFetched(session, propertyRecord, ids, {
    name: 'properties',
    fetchPage: async (ids, page = { limit: PROPERTY_IDS_PER_CALL }) => {
      const query = { ids, isActive: 'all', ...page, count: true };
      const body = await session.get({ template: '/v2/properties', query });
      return readCollection(body, ['properties'], propertyRecord);
    },
  });

/**
 * `GET /v2/users?id=…`: those of at most {@link USER_IDS_PER_CALL} people that Cotalker knows, also
 * those who left. No call for those that are remembered. One call for the others as a rule, see `fetchByIds`; one
 * `GET /v2/users/{id}` for each where it takes no `id`.
 */
export const listUsers = (session: Session, ids: readonly string[]): Promise<Found<UserRecord>> =>
  rememberedOrFetched(session, userRecord, ids, {
    name: 'users',
    fetchPage: async (id, page = { limit: USER_IDS_PER_CALL }) => {
      const query = { id, isActive: 'all', ...page, count: true };
      const body = await session.get({ template: '/v2/users', query });
      return readCollection(body, ['users'], userRecord);
    },
    fetchOne: (id) =>
      absentAsNull(async () => {
        const body = await session.get({ template: '/v2/users/{id}', id });
        return readEntity(body, id, userRecord);
      }),
  });

/** `GET /v2/users/me`: the person whom the token stands for. */
export const getViewer = async (session: Session): Promise<ViewerRecord> =>
  readEntity(await session.get({ template: '/v2/users/me' }), undefined, viewerRecord);

/** Only records are remembered, never that there is none: an id that is not remembered is always asked for. */
async function rememberedOrFetched<R extends Identified>(
  session: Session,
  reader: RecordReader<R>,
  ids: readonly string[],
  list: IdList<R>,
): Promise<Found<R>> {
  const raw = await session.memory.records(list.name, ids);
  const missing = ids.filter((id) => !raw.has(id));
  const fetched = missing.length > 0 ? await fetchByIds(session, list, missing) : [];
  const known = [...raw].map(([id, value]) => [id, readItem(value, reader).record] as const);
  return new Map([...known, ...fetched]);
}
