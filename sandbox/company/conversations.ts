import type { RawRecord } from '../data.ts';
import { isRecord } from '../records.ts';
import { ids } from './ids.ts';
import { fileAt, photo, withoutName } from './messages.ts';
import { planted } from './planted.ts';
import { at } from './times.ts';

type Content = Readonly<{ content: string; contentType: string; contentParts?: RawRecord[] }>;

/** One of each kind of the sheet (section 6), and one that it does not name. */
const KINDS: readonly Content[] = [
  { content: 'Llegamos a terreno, partimos en 10 min.', contentType: 'text/plain' },
  { content: 'Who has the key of the gate?', contentType: 'text/plain' },
  { content: photo('pole-114'), contentType: 'image/jpeg' },
  { content: '**Turno B** entra a las 20:00', contentType: 'text/system' },
  {
    content: 'Read the plan of OT-7003 before Poda: Quilicura',
    contentType: 'text/enriched',
    contentParts: [
      { type: 'text', content: 'Read ' },
      { type: 'link', content: 'the plan', payload: 'https://files.andina.example/plans/114' },
      { type: 'text', content: ' of ' },
      { type: 'hover', content: 'OT-7003', payload: 'Waits for the crane' },
      { type: 'text', content: ' before ' },
      { type: 'task', content: 'Poda: Quilicura', payload: ids.task('field_works', 5) },
    ],
  },
  { content: fileAt('documents/plano-114.pdf', 'Plano 114.pdf'), contentType: 'application/pdf' },
  {
    content: 'Checklist de seguridad',
    contentType: 'application/vnd.cotalker.survey',
  },
  { content: 'Listo, quedó energizado.', contentType: 'text/plain' },
  { content: fileAt('videos/corte.mp4', 'corte.mp4'), contentType: 'video/mp4' },
  { content: '{"userid":"x"}', contentType: 'application/vnd.cotalker.contact' },
];

/** How many messages came before the last one. One channel has a long history. */
const lengthOf = (channelId: string, index: number): number =>
  channelId === planted.messages.channel ? 140 : 1 + (index % 6);

/** So many of the long history were brought in at once, and have one moment. */
const CROWD = 25;

/**
 * The n-th message before the last one. Every ninth was changed three hours later, every thirteenth was removed: in one of
 * the two ways that the sheet has for it.
 */
function earlier(channel: RawRecord, end: number, n: number): RawRecord {
  const id = String(channel['_id']);
  const users = channel['userIds'] as string[];
  const isOfCrowd = n >= 60 && n < 60 + CROWD;
  const sent = end - (isOfCrowd ? 60 : n) * 47 * 60_000;
  const [isEdited, isRemoved] = [n % 9 === 4 && !isOfCrowd, n % 13 === 6 && !isOfCrowd];
  const changed = sent + (isEdited || isRemoved ? 3 * 3_600_000 : 3);
  return {
    _id: ids.message(id, n),
    channel: id,
    sentBy: users[n % users.length],
    ...KINDS[n % KINDS.length],
    createdAt: sent,
    modifiedAt: new Date(Math.min(changed, end - n * 1000)).toISOString(),
    ...(n % 2 === 0 && { isActive: true }),
    isHidden: isRemoved && n % 2 === 0,
    ...(isRemoved && n % 2 === 1 && { isActive: false }),
    isSaved: 16,
    contentArray: [],
    reply: [],
  };
}

/** The message that a channel names as its last one. Only there its content may begin with a name (sheet, section 3). */
function last(channel: RawRecord, message: RawRecord, end: number): RawRecord {
  const { contentType, sender, sentBy } = message;
  return {
    ...{ _id: ids.message(String(channel['_id']), 0), channel: channel['_id'] },
    ...{ sentBy: sender ?? sentBy, content: withoutName(message), contentType },
    ...{ createdAt: end, modifiedAt: new Date(end + 3).toISOString() },
    ...{ isActive: true, isHidden: false, isSaved: 16, contentArray: [], reply: [] },
  };
}

/** The messages of all channels that name a last one. */
export function createMessages(channels: readonly RawRecord[]): RawRecord[] {
  return channels.flatMap((channel, index) => {
    const message = channel['lastMessage'];
    if (!isRecord(message)) return [];
    const end = new Date((message['date'] ?? message['createdAt'] ?? at(0)) as string).getTime();
    const earlierOnes = Array.from(
      { length: lengthOf(String(channel['_id']), index) },
      (_, place) => earlier(channel, end, place + 1),
    );
    return [...earlierOnes.toReversed(), last(channel, message, end)];
  });
}
