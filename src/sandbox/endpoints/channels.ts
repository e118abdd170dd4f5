import { seesGroup } from '../caller.ts';
import { collection } from '../collection.ts';
import { byDate, byFlag, byIds, bySearch, isActive, where } from '../filters.ts';
import { anyText, flagOrAll, id, oneOf, orderBy, paging } from '../query.ts';
import { field, texts } from '../records.ts';
import { endpoint, find } from './endpoint.ts';
import { dateFilters } from './groups.ts';

export const channelEndpoints = [
  endpoint(
    '/v2/channels',
    {
      ...paging,
      ...dateFilters,
      group: id,
      search: anyText,
      isActive: flagOrAll,
      sortBy: oneOf('nameCode', 'modifiedAt', 'createdAt'),
      orderBy,
      directChannels: flagOrAll,
      user: id,
    },
    ({ caller, data, cap, query }) => {
      const { user } = query;
      const found = where(
        data.channels,
        seesGroup(caller, data, 'group'),
        byIds('group', query.group === undefined ? undefined : [query.group]),
        byFlag(query.isActive ?? 'true', isActive),
        byFlag(query.directChannels, (channel) => field(channel, 'isDirect') === true),
        (channel) => user === undefined || texts(channel, 'userIds').includes(user),
        bySearch(query.search),
        byDate(query, 'modified', 'modifiedAt'),
        byDate(query, 'created', 'createdAt'),
      );
      // The sheet has the total under either name; this collection takes the reference's.
      return collection(found, query, { plural: 'channels', total: 'counter', cap });
    },
  ),
  endpoint('/v2/channels/{id}', {}, ({ caller, data, id }) => ({
    data: find(where(data.channels, seesGroup(caller, data, 'group')), id, 'channel'),
  })),
];
