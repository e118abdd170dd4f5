import { collection } from '../collection.ts';
import { byFlag, byIds, isActive, where } from '../filters.ts';
import { flagOrAll, idList, paging } from '../query.ts';
import { endpoint } from './endpoint.ts';

/** What the other records name by id: people and properties. */
export const directoryEndpoints = [
  endpoint(
    '/v2/properties',
    { ...paging, ids: idList(100), isActive: flagOrAll },
    ({ data, cap, query }) => {
      const active = byFlag(query.isActive ?? 'true', isActive);
      const found = where(data.properties, byIds('_id', query.ids), active);
      return collection(found, query, { plural: 'properties', total: 'count', cap });
    },
  ),
  endpoint(
    '/v2/users',
    { ...paging, id: idList(30), isActive: flagOrAll },
    ({ data, cap, query }) => {
      const active = byFlag(query.isActive ?? 'true', isActive);
      const found = where(data.users, byIds('_id', query.id), active);
      return collection(found, query, { plural: 'users', total: 'count', cap });
    },
  ),
];
