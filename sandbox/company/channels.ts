import type { RawRecord } from '../data.ts';
import { type ChannelRow, channelTable, directTable } from './channel-table.ts';
import { companyId, ids } from './ids.ts';
import { lastMessage } from './messages.ts';
import { noPicture, somebody } from './people.ts';
import { codeOf, place } from './places.ts';
import { zoneId } from './properties.ts';
import { at } from './times.ts';

/** What the group's page calls a channel of a task: the code of the group and the channel's name. */
export const channelId = (group: string, name: string): string =>
  ids.channel(codeOf(`${group} ${name}`));

/** A channel before the traits of its row; `index` counts through all channels. */
function plain(name: string, code: string, index: number): RawRecord {
  const image = `https://files.andina.example/channels/${code}`;
  return {
    nameDisplay: name,
    nameCode: code,
    company: companyId,
    isDirect: false,
    isPrivate: false,
    userIds: [somebody(index), somebody(index + 3), somebody(index + 7)],
    groupOwnerIds: [somebody(index)],
    propertyIds: index % 3 === 0 ? [zoneId(place(index))] : [],
    bots: [],
    pinned: index % 9 === 4 ? [somebody(index)] : [],
    settings: { write: index % 8 === 0 ? 'none' : 'all' },
    videoCall: { isActive: false },
    search: name.toLowerCase().split(/[^\p{L}\p{N}]+/u),
    ...(index % 4 === 1 && {
      image: {
        small: `${image}/s.png`,
        square: `${image}/sq.png`,
        original: `${image}/o.png`,
      },
    }),
    ...(index % 8 === 3 && { image: noPicture() }),
    ...(index % 5 !== 2 && { lastMessage: lastMessage(index) }),
  };
}

function channel(group: string, [name, ...traits]: ChannelRow, index: number): RawRecord {
  const code = codeOf(`${group} ${name}`);
  const own = {
    _id: ids.channel(code),
    group: ids.group(group),
    // Some were made in one go, and have the same dates.
    createdAt: at(30 + Math.floor(index / 3) * 7),
    modifiedAt: at(400 + ((index * 29) % 61) * 13),
    ...(traits.includes('inactive') && { isActive: false }),
  };
  if (traits.includes('short')) return { ...own, name, code, userIds: [somebody(index)] };
  const isPrivate = traits.includes('private') && { isPrivate: true };
  return { ...plain(name, code, index), ...own, ...isPrivate };
}

function direct({ with: other, group }: (typeof directTable)[number], index: number): RawRecord {
  const code = `direct_${other}`;
  return {
    ...plain(`camila_rojas ${other}`, code, index),
    _id: ids.channel(code),
    ...(group !== undefined && { group: ids.group(group) }),
    createdAt: at(500 + index),
    modifiedAt: at(1100 + index),
    isDirect: true,
    isPrivate: true,
    userIds: [ids.user('camila_rojas'), ids.user(other)],
    groupOwnerIds: [],
  };
}

export function createChannels(): RawRecord[] {
  const rows = Object.entries(channelTable).flatMap(([group, list]) =>
    list.map((row) => [group, row] as const),
  );
  return [
    ...rows.map(([group, row], index) => channel(group, row, index)),
    ...directTable.map((row, index) => direct(row, rows.length + index)),
  ];
}
