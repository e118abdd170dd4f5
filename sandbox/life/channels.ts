import type { RawRecord, SandboxData } from '../data.ts';
import { isActive } from '../filters.ts';
import { objectId } from '../ids.ts';
import { field, texts } from '../records.ts';
import type { Draw } from './draw.ts';
import { groupOf } from './groups.ts';

const CHATTY = ['people_and_culture', 'network_incidents', 'field_works', 'safety'];

const MESSAGES = [
  'Ya estamos en terreno.',
  'Who can take the next shift?',
  'Listo, quedó energizado.',
  'The crane arrives at 15:00.',
  'Reunión a las 9:30 en la sala 2.',
  'Thanks, that worked.',
];

/** Somebody of a channel writes in it. */
export function postMessage(data: SandboxData, draw: Draw, moment: string): void {
  const group = groupOf(data, draw(CHATTY) ?? '');
  const channel = draw(
    data.channels.filter((one) => one['group'] === field(group, '_id') && isActive(one)),
  );
  const sender = draw(texts(channel, 'userIds'));
  if (!channel || sender === undefined) return;
  putMessage(data, channel, { sentBy: sender, content: draw(MESSAGES) ?? '' }, moment);
}

/** Puts a text into a channel, as its last message. */
export function putMessage(
  data: SandboxData,
  channel: RawRecord,
  { sentBy, content }: { readonly sentBy: string; readonly content: string },
  moment: string,
): RawRecord {
  const said = { content, contentType: 'text/plain' };
  const message = {
    _id: objectId('message', `${String(channel['_id'])}/${data.messages.length}/${moment}`),
    ...{ channel: channel['_id'], sentBy, ...said },
    ...{ createdAt: Date.parse(moment), modifiedAt: moment },
    ...{ isActive: true, isHidden: false, isSaved: 16, contentArray: [], reply: [] },
  };
  data.messages.push(message);
  channel['lastMessage'] = { ...said, date: moment, sender: sentBy };
  channel['modifiedAt'] = moment;
  return message;
}
