import { fetchByIds } from '../paging/by-ids.ts';
import { type Item, readCollection } from '../records/envelope.ts';
import { type PropertyRecord, propertyRecord } from '../records/property.ts';
import type { Session } from '../session.ts';

/** How many ids one call may name. */
export const PROPERTY_IDS_PER_CALL = 100;

/**
 * `GET /v2/properties?ids=…`: those of at most {@link PROPERTY_IDS_PER_CALL} properties that Cotalker
 * knows, inactive ones too. One call as a rule, see `fetchByIds`.
 */
export const listProperties = (
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item<PropertyRecord>['record']>> =>
  fetchByIds(
    session,
    {
      name: 'properties',
      fetchPage: async (ids, page = { limit: PROPERTY_IDS_PER_CALL }) => {
        const query = { ids, isActive: 'all', ...page, count: true };
        const body = await session.get({ template: '/v2/properties', query });
        return readCollection(body, ['properties'], propertyRecord);
      },
    },
    ids,
  );
