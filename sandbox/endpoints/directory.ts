import { byActive, byIds, where } from '../filters.ts';
import { flagOrAll, idList, paging } from '../query.ts';
import { forbidden } from '../refusal.ts';
import { idsTaken } from '../several-ids.ts';
import { endpoint, find, listed, single } from './endpoint.ts';

/** What the other records name by id: people and properties. */
export const directoryEndpoints = [
  endpoint('/v2/properties', { ...paging, ids: idList(100), isActive: flagOrAll }, (asked) => {
    const { data, query, readings } = asked;
    const ids = idsTaken('ids', query.ids, readings.propertyIds, readings.noId);
    const active = byActive(query.isActive, readings);
    return listed('properties', where(data.properties, byIds('_id', ids), active), asked);
  }),
  endpoint('/v2/users', { ...paging, id: idList(30), isActive: flagOrAll }, (asked) => {
    const { data, query, readings } = asked;
    const ids = idsTaken('id', query.id, readings.userIds, readings.noId);
    const active = byActive(query.isActive, readings);
    return listed('users', where(data.users, byIds('_id', ids), active), asked);
  }),
  // Before those by id: `me` is none.
  endpoint('/v2/users/me', {}, (asked) => ({
    data: single('users', find(asked.data.users, asked.caller.userId, 'user'), asked),
  })),
  endpoint('/v2/users/{id}', {}, (asked) => {
    const { data, readings, id } = asked;
    if (readings.userPath === 'forbidden') throw forbidden();
    const known = readings.userPath === 'there' ? data.users : [];
    return { data: single('users', find(known, id, 'user'), asked) };
  }),
];
