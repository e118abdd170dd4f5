import { seesGroup } from '../caller.ts';
import type { RawRecord } from '../data.ts';
import { isActive, where } from '../filters.ts';
import { putMessage } from '../life/channels.ts';
import { field, text, texts } from '../records.ts';
import { badRequest, forbidden } from '../refusal.ts';
import { bodyOf, endpoint, find, type Incoming, written } from './endpoint.ts';

type Asked = Omit<Incoming, 'query'>;

/** What a message has, and what each of it has to be (sheet, section 6). */
const FIELDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  channel: (value) => typeof value === 'string',
  content: (value) => typeof value === 'string' && value.trim() !== '',
  contentType: (value) => value === 'text/plain',
  isSaved: (value) => value === 2,
  sentBy: (value) => typeof value === 'string',
};

/**
 * The channel that the caller may write in.
 *
 * @throws Refusal 404 where there is none that is in use, 403 where the caller is none of its people, or they may not write
 */
function channelFor({ caller, data }: Asked, id: string): RawRecord {
  const shown = where(data.channels, seesGroup(caller, data, 'group'), isActive);
  const channel = find(shown, id, 'channel');
  if (caller.admin) return channel as RawRecord;
  const owners = texts(channel, 'groupOwnerIds');
  const people = [...texts(channel, 'userIds'), ...owners];
  const isQuiet = text(field(channel, 'settings'), 'write') === 'none';
  if (!(isQuiet ? owners : people).includes(caller.userId)) throw forbidden();
  return channel as RawRecord;
}

export const messageWriteEndpoints = [
  endpoint(
    '/v1/messages',
    {},
    (asked) => {
      const { data, caller, readings } = asked;
      const body = bodyOf(asked, 'channel');
      for (const [name, isRight] of Object.entries(FIELDS))
        if (!isRight(body[name])) throw badRequest(name, 'is not what it has to be');
      const channel = channelFor(asked, String(body['channel']));
      if (body['sentBy'] !== caller.userId) throw forbidden();
      const said = { sentBy: caller.userId, content: String(body['content']) };
      const sent = putMessage(data, channel, said, new Date().toISOString());
      const shown = written('messages', sent, asked);
      return readings.messagesEnvelope === 'bare' ? shown : { data: shown };
    },
    { method: 'POST' },
  ),
];
