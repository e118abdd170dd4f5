import type { SandboxData } from '../data.ts';
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
  const said = { content: draw(MESSAGES), contentType: 'text/plain' };
  channel['lastMessage'] = { ...said, date: moment, sender };
  data.messages.push({
    _id: objectId('message', `${String(channel['_id'])}/${moment}`),
    channel: channel['_id'],
    sentBy: sender,
    ...said,
    createdAt: Date.parse(moment),
    modifiedAt: moment,
    isHidden: false,
  });
  channel['modifiedAt'] = moment;
}
