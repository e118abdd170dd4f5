import { getChannel, listChannels } from '../src/cotalker/endpoints/channels.ts';
import { type ChannelRecord, channelRecord } from '../src/cotalker/records/channel.ts';
import { readEntity } from '../src/cotalker/records/envelope.ts';
import { broken, type Check, held, some, Unmet } from './check.ts';
import { countCheck } from './count-check.ts';
import { activeCheck, searchCheck, sinceCheck } from './list-filter-checks.ts';
import { CHANNELS } from './list-kinds.ts';
import { orderCheck, pagingCheck } from './list-page-checks.ts';
import { valueOf } from './raw.ts';
import { idsOf, readListing, readReply, statusOf } from './reading.ts';
import { count } from './text.ts';

const envelope: Check = {
  id: 'channels-envelope',
  title: 'GET /v2/channels, without a group, lists all channels',
  holds: 'the channels of many groups take as few calls as there are pages.',
  breaks: 'channels take a call for each group, or cannot be read at all.',
  look: async (survey) => {
    const { items } = await survey.channels();
    return held(`${count(items.length, 'channels')} on the first page, under data.channels.`);
  },
};

const ofGroup: Check = {
  id: 'channels-of-group',
  title: 'group=… lists the channels of one group: those that name it in the whole list',
  holds: 'a group has the same channels, whichever way the gateway fetches them.',
  breaks: 'groups show channels of others, or not all of their own.',
  look: async (survey) => {
    const all = await some(survey.channels(), 'channels');
    const [group, own] = largest(all.records);
    const page = { page: 1, limit: (await survey.limit()).taken };
    const filter = { group, isActive: 'all' } as const;
    const reply = await survey.ask((session) => listChannels(session, filter, page));
    const { channels: meaning } = survey.learnt.counts ?? {};
    const listing = readListing(reply, ['channels'], channelRecord, meaning);
    const foreign = listing.records.filter((channel) => channel.group !== group);
    if (foreign.length > 0)
      return broken(
        `${count(foreign.length, 'channels')} came that are not of the group asked for.`,
      );
    const [inAll, inGroup] = [idsOf(all), idsOf(listing)];
    const unlisted = [...inGroup].filter((id) => !inAll.has(id)).length;
    if (unlisted > 0 && all.isWhole)
      return broken(`The whole list lacks ${count(unlisted, 'channels')} of the group.`);
    const lost = own.filter(({ _id }) => !inGroup.has(_id)).length;
    if (lost > 0 && listing.isWhole)
      return broken(`${count(lost, 'channels')} of the group came in the whole list only.`);
    return held(`The group has ${count(listing.items.length, 'channels')} either way.`);
  },
};

const byId: Check = {
  id: 'channel-by-id',
  title: 'GET /v2/channels/{id} answers {"data": {…}} with that channel',
  holds: 'channel(id:), and the channel of a task, take one call.',
  breaks: 'channel(id:), and the channel of a task, fail.',
  look: async (survey) => {
    const [channel] = (await some(survey.channels(), 'channels')).records;
    const id = channel?._id ?? '';
    const reply = await survey.ask((session) => getChannel(session, id));
    readReply(reply, (body) => readEntity(body, id, channelRecord));
    return held('A channel of the list came by its id.');
  },
};

/** An id that Mongo made for no record: its time is the year 1970. */
const UNKNOWN_ID = '000000000000000000000000';

const unknownId: Check = {
  id: 'unknown-id',
  title: 'An id that no record has is answered 404',
  holds: 'what Cotalker does not know is null, and no error.',
  breaks: 'what Cotalker does not know is an error, and no null.',
  look: async (survey) => {
    const reply = await survey.ask((session) => getChannel(session, UNKNOWN_ID));
    const status = statusOf(reply);
    return (status === 404 ? held : broken)(`A made-up channel id was answered ${status}.`);
  },
};

const modifiedSince = {
  holds: 'a cursor goes on from its moment.',
  breaks: 'a second page of channels repeats the first, or leaves some out.',
};

export const channelChecks: readonly Check[] = [
  envelope,
  pagingCheck(CHANNELS),
  countCheck(CHANNELS),
  orderCheck(CHANNELS),
  sinceCheck(CHANNELS, 'modified_gte', 'modifiedAt', modifiedSince),
  activeCheck(CHANNELS),
  searchCheck(CHANNELS),
  ofGroup,
  byId,
  unknownId,
];

/** The group that the most channels name, with these. */
function largest(channels: readonly ChannelRecord[]): [group: string, own: ChannelRecord[]] {
  let most: [string, ChannelRecord[]] | undefined;
  for (const [group, own] of Map.groupBy(channels, ({ group }) => valueOf(group))) {
    if (group !== null && own.length > (most?.[1].length ?? 0)) most = [group, own];
  }
  if (most === undefined) throw new Unmet('No channel names a group.');
  return most;
}
