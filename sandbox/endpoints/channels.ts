import { seesGroup } from '../caller.ts';
import { byActive, byDate, byFlag, byIds, bySearch, where } from '../filters.ts';
import { anyText, flagOrAll, id, oneOf, orderBy, paging } from '../query.ts';
import { field, texts } from '../records.ts';
import { endpoint, find, listed, single } from './endpoint.ts';
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
    (asked) => {
      const { caller, data, query, readings } = asked;
      const { user } = query;
      const found = where(
        data.channels,
        seesGroup(caller, data, 'group'),
        byIds('group', query.group === undefined ? undefined : [query.group]),
        byActive(query.isActive, readings),
        byFlag(query.directChannels, (channel) => field(channel, 'isDirect') === true),
        (channel) => user === undefined || texts(channel, 'userIds').includes(user),
        bySearch(query.search),
        byDate(query, 'modified', 'modifiedAt'),
        byDate(query, 'created', 'createdAt'),
      );
      return listed('channels', found, asked);
    },
  ),
  endpoint('/v2/channels/{id}', {}, (asked) => {
    const visible = where(asked.data.channels, seesGroup(asked.caller, asked.data, 'group'));
    return { data: single('channels', find(visible, asked.id, 'channel'), asked) };
  }),
];
