import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { idOf } from './stage.ts';

/** Marks whose data something is: that of a token, in admin mode or not. */
export const markOf = (token: string, admin: boolean): string =>
  `mark-${createHash('sha256').update(`${token} ${admin}`).digest('hex').slice(0, 12)}`;

/** All marks in something. */
export const marksIn = (value: unknown): Set<string> =>
  new Set(JSON.stringify(value).match(/mark-[0-9a-f]{12}/g));

const markOfCall = ({ authorization = '', admin }: IncomingHttpHeaders): string =>
  markOf(authorization.replace('Bearer ', ''), admin === 'true');

const [STANDARD, TASK, LINK, CHANNEL, TASK_GROUP, JOB, STATE, PROPERTY, PERSON] = [
  ...Array.from({ length: 9 }, (_, n) => idOf(n + 1)),
] as [string, string, string, string, string, string, string, string, string];
export const CHANNEL_ID = CHANNEL;

/** What each path answers: the same records for everybody, but every text bears the caller's mark. */
const BODIES: Readonly<Record<string, (mark: string) => unknown>> = {
  '/v2/groups': (mark) =>
    list('groups', [
      { _id: STANDARD, name: mark },
      { _id: TASK, name: mark },
      { _id: LINK, name: mark, link: { url: `https://${mark}.example/` } },
    ]),
  [`/v2/groups/${STANDARD}`]: (mark) => ({ data: { _id: STANDARD, name: mark } }),
  '/v2/task-groups': (mark) =>
    list('taskgroups', [{ _id: TASK_GROUP, group: TASK, collectionName: mark }]),
  '/v2/channels': (mark) => list('channels', [channel(mark)]),
  [`/v2/channels/${CHANNEL}`]: (mark) => ({ data: channel(mark) }),
  [`/v2/task-groups/${TASK_GROUP}/tasks`]: (mark) =>
    list('values', [{ _id: JOB, name: mark, smState: STATE, assignee: PERSON }]),
  [`/v1/tasks/${TASK_GROUP}/sm/smstate/all`]: () => [{ _id: STATE, property: PROPERTY }],
  '/v2/properties': (mark) => list('properties', [{ _id: PROPERTY, display: mark }]),
  '/v2/users': (mark) => list('users', [{ _id: PERSON, name: { displayName: mark } }]),
};

const list = (plural: string, records: readonly unknown[]) => ({
  data: { [plural]: records, count: records.length },
});
const channel = (mark: string) => ({
  _id: CHANNEL,
  group: STANDARD,
  name: mark,
  userIds: [PERSON],
});

/**
 * An upstream that writes into all it answers whose call it was, after a delay.
 *
 * @param nextDelay Milliseconds, for each call anew.
 */
export const echo =
  (nextDelay: () => number): RequestListener =>
  ({ url = '', headers }, response) => {
    const path = url.replace(/\?.*$/, '').replace(/^\/api/, '');
    const body = BODIES[path]?.(markOfCall(headers));
    setTimeout(() => {
      response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    }, nextDelay());
  };
