import { getViewer } from '../cotalker/endpoints/directory.ts';
import { postMessage } from '../cotalker/endpoints/messages.ts';
import { badUserInput } from '../errors.ts';
import type { SendMessageInput } from '../generated/resolvers.ts';
import { readId } from '../loaders/arguments.ts';
import { type MessageModel, toMessage } from '../mapping/message.ts';
import type { Desk } from './desk.ts';
import { type Hindrance, hindranceIn } from './hindrance.ts';
import { messageAsSent } from './read-back.ts';

export interface SendMessageResult {
  readonly clientMutationId: string | null;
  readonly message: MessageModel | null;
  readonly errors: readonly Hindrance[];
}

/**
 * Writes a message in a channel: `GET /v2/users/me`, since Cotalker wants to be told who sends it, and then
 * `POST /v1/messages`, once.
 *
 * @throws GraphQLError `BAD_USER_INPUT` before any call for an id that is none, and for a blank text.
 * @throws CotalkerError `OUTCOME_UNKNOWN`, or any other code where it is not sent.
 */
export async function sendMessage(
  { session, tellFollowers }: Desk,
  { clientMutationId = null, text, ...input }: SendMessageInput,
): Promise<SendMessageResult> {
  const channelId = readId(input.channelId, 'channelId');
  if (text.trim() === '') throw badUserInput('"text" must not be blank.');
  const { _id: senderId } = await getViewer(session);
  const message = { channelId, senderId, text };
  try {
    const sent = await messageAsSent(session, await postMessage(session, message), message);
    tellFollowers(channelId);
    return { clientMutationId, message: toMessage(sent), errors: [] };
  } catch (error) {
    const hindrance = hindranceIn(error, 'channel', session.admin);
    return { clientMutationId, message: null, errors: [hindrance] };
  }
}
