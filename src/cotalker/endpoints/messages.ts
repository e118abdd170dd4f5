import { CotalkerError } from '../errors.ts';
import type { History } from '../paging/history-since.ts';
import { type Item, readArray, readBareOrNamed } from '../records/envelope.ts';
import { isObject } from '../records/fields.ts';
import { type MessageRecord, messageRecord } from '../records/message.ts';
import type { Session } from '../session.ts';

const template = '/v1/messages/channel/{id}/modified/{moment}';

/** The messages of a channel: an array, alone or as `data` (sheet, section 6). */
export function readMessages(body: unknown): Item<MessageRecord>[] {
  const values = isObject(body) && Array.isArray(body['data']) ? body['data'] : body;
  return readArray(values, messageRecord);
}

/** The messages of a channel, to be read as `paging/history.ts` does. Each of its functions takes one call. */
export const messagesOf = (
  session: Pick<Session, 'get' | 'traits'>,
  channelId: string,
): History<MessageRecord> => ({
  session,
  /** `GET /v1/messages/channel/{id}/modified/{iso}`: all that changed since. */
  since: async (moment) => readMessages(await session.get({ template, id: channelId, moment })),
  /** `GET /v1/messages/channel/{id}/modified/{epoch ms}?until=false&mpp=…`: the same, backwards in pages. */
  until: async (moment, size) => {
    const query = { until: false, mpp: size };
    const epoch = String(Date.parse(moment));
    return readMessages(await session.get({ template, id: channelId, moment: epoch, query }));
  },
});

/** A message that its channel has not got yet. */
export interface NewMessage {
  readonly channelId: string;
  readonly senderId: string;
  readonly text: string;
}

/** The type of what people write. */
export const TEXT = 'text/plain';

/** As the sample has it (sheet, section 6): being saved, where the answer has 16. */
const SAVING = 2;

/**
 * `POST /v1/messages`: the message as Cotalker has it.
 *
 * @throws CotalkerError `OUTCOME_UNKNOWN` too where the answer does not tell which message it is.
 */
export async function postMessage(
  session: Session,
  { channelId, senderId, text }: NewMessage,
): Promise<MessageRecord> {
  const sent = { content: text, contentType: TEXT, isSaved: SAVING, sentBy: senderId };
  const body = await session.write({
    template: '/v1/messages',
    write: { method: 'POST', body: { channel: channelId, ...sent } },
  });
  const message = readBareOrNamed(body, 'message', messageRecord);
  if (message === undefined)
    throw new CotalkerError('OUTCOME_UNKNOWN', 'the answer has no message');
  return message;
}
