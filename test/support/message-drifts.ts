import { answers } from './drift-kinds.ts';
import type { Drift } from './drift-proxy.ts';

const MESSAGES = /^\/v1\/messages\/channel\//;
const LATEST = '4102444800000';

/** What has been done to the messages of one of the two calls. */
const messages = (isPage: boolean, change: (list: any[], path: string) => void): Drift =>
  answers(MESSAGES, ({ path, query, body }) => {
    if (query.has('mpp') === isPage) change(body, path);
  });
const elsewhere = { channel: 'f'.repeat(24) };
const early = { modifiedAt: '2001-01-01T00:00:00.000Z', createdAt: 978_307_200_000 };
const late = { modifiedAt: '2039-01-01T00:00:00.000Z' };

export const MESSAGE_DRIFTS = [
  {
    check: 'messages-since',
    what: 'those of another channel',
    drift: messages(false, (list) => Object.assign(list[0], elsewhere)),
    seen: 'name another channel',
  },
  {
    check: 'messages-since',
    what: 'earlier ones',
    drift: messages(false, (list) => Object.assign(list[0], early)),
    seen: 'from before the moment',
  },
  {
    check: 'messages-back',
    what: 'not from the latest on',
    drift: messages(true, (list) => list.pop()),
    seen: 'not the latest',
  },
  {
    check: 'messages-boundary',
    what: 'the moment is no bound',
    drift: messages(true, (list, path) => {
      if (!path.endsWith(LATEST)) Object.assign(list.at(-1), late);
    }),
    seen: 'changed later',
  },
];
