import { messagesOf, readMessages } from '../src/cotalker/endpoints/messages.ts';
import { LATEST } from '../src/cotalker/paging/history-since.ts';
import type { MessageRecord } from '../src/cotalker/records/message.ts';
import { isReadable } from '../src/cotalker/errors.ts';
import { broken, type Check, held, some, Unmet } from './check.ts';
import { valueOf } from './raw.ts';
import { readReply } from './reading.ts';
import type { Reply } from './reply.ts';
import type { Survey } from './survey.ts';
import { count, part } from './text.ts';

const DAY_MS = 86_400_000;
/** How many messages a page is asked for. */
const PAGE = 3;

/** A channel that has a last message, and when that was sent. */
async function chat(survey: Survey): Promise<{ readonly id: string; readonly sentAt: string }> {
  for (const { _id, lastMessage } of (await some(survey.channels(), 'channels')).records) {
    if (lastMessage === null || !isReadable(lastMessage)) continue;
    const sentAt = valueOf(lastMessage.date) ?? valueOf(lastMessage.createdAt);
    if (sentAt !== null) return { id: _id, sentAt };
  }
  throw new Unmet('No channel tells when its last message was sent.');
}

interface Messages {
  readonly id: string;
  readonly records: readonly MessageRecord[];
  /** Their moments, the earliest first. */
  readonly moments: readonly string[];
  readonly isBare: boolean;
}

function messagesIn(reply: Reply, id: string): Messages {
  const records = readReply(reply, readMessages)
    .map(({ record }) => record)
    .filter(isReadable);
  const moments = records.map(({ modifiedAt }) => valueOf(modifiedAt)).filter((at) => at !== null);
  return { id, records, moments: moments.toSorted(), isBare: Array.isArray(reply.raw) };
}

/** What changed in the channel since a day before its last message. */
const lately = (survey: Survey): Promise<Messages & { readonly since: string }> =>
  survey.remember('messages', async () => {
    const { id, sentAt } = await chat(survey);
    const since = new Date(Date.parse(sentAt) - DAY_MS).toISOString();
    const reply = await survey.ask((session) => messagesOf(session, id).since(since));
    return { ...messagesIn(reply, id), since };
  });

const until = (survey: Survey, id: string, moment: string): Promise<Reply> =>
  survey.ask((session) => messagesOf(session, id).until(moment, PAGE));

/** Statuses that object to what was asked: pages are known from one client alone. */
const REFUSALS: ReadonlySet<number | undefined> = new Set([400, 404, 422, 500]);

/** The latest page of the channel; undefined where there are no pages. */
const latestPage = (survey: Survey): Promise<Messages | undefined> =>
  survey.remember('page of messages', async () => {
    const { id } = await chat(survey);
    const reply = await until(survey, id, LATEST);
    if ('failure' in reply.result && REFUSALS.has(reply.result.failure.status)) return undefined;
    const page = messagesIn(reply, id);
    return page.moments.length === 0 ? undefined : page;
  });

const NO_PAGES = 'a page of a chat takes up to five calls, each for a longer time.';

const since: Check = {
  id: 'messages-since',
  title: 'GET /v1/messages/channel/{id}/modified/{iso} lists all that changed in a channel since',
  holds: 'a chat can be read, and followed with one call a poll.',
  breaks: 'chats lack messages, or show those of other channels.',
  look: async (survey) => {
    const { id, records, moments, isBare, since } = await lately(survey);
    const foreign = records.filter(({ channel }) => (valueOf(channel) ?? id) !== id).length;
    if (foreign > 0)
      return broken(`${part(foreign, records.length, 'messages')} name another channel.`);
    const early = moments.filter((at) => at < since).length;
    if (early > 0)
      return broken(`${part(early, records.length, 'messages')} are from before the moment.`);
    if (records.length === 0) return broken('The last message of a channel is not among them.');
    const form = isBare ? 'in a bare array' : 'under data';
    return held(`${count(records.length, 'messages')} of one channel came, ${form}.`);
  },
};

const back: Check = {
  id: 'messages-back',
  title: 'The same with a moment in milliseconds, until=false and mpp pages from new to old',
  holds: 'a page of a chat takes one call.',
  breaks: 'chats lack messages.',
  look: async (survey) => {
    const { moments } = await lately(survey);
    const newest = moments.at(-1);
    if (newest === undefined) throw new Unmet('No message of a day can be compared with.');
    const page = await latestPage(survey);
    if (page === undefined) return held('No page came.', NO_PAGES);
    if (!page.moments.includes(newest)) return broken('What came are not the latest messages.');
    return held(`${count(page.records.length, 'messages')} came where ${PAGE} were asked for.`);
  },
};

const boundary: Check = {
  id: 'messages-boundary',
  title: 'A page from new to old holds nothing that changed later than the moment',
  holds: 'older messages are read on from a cursor.',
  breaks: 'older messages of a chat repeat newer ones, or are left out.',
  look: async (survey) => {
    const first = await latestPage(survey);
    const moment = first?.moments.at(0);
    if (first === undefined || moment === undefined) return held('No page came.', NO_PAGES);
    const { moments } = messagesIn(await until(survey, first.id, moment), first.id);
    const late = moments.filter((at) => at > moment).length;
    if (late > 0) return broken(`${part(late, moments.length, 'messages')} changed later.`);
    const isIncluded = moments.includes(moment);
    return held(`A message of the very moment is ${isIncluded ? '' : 'not '}among them.`);
  },
};

export const messageChecks: readonly Check[] = [since, back, boundary];
