import { Agent, request } from 'node:http';
import { HOSTILE_QUERIES } from './hostile-queries.ts';
import { openRaw, rawPost } from './raw.ts';
import { idOf } from './stage.ts';

/** One request of a caller of a soak. */
interface Ask {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent in pieces, each a chunk, where there are several. */
  readonly body?: readonly string[];
  /** Milliseconds after which the caller goes away; it stays where there is an answer sooner. */
  readonly leaveAfterMs?: number;
}

export interface SoakCallers {
  /** After so many requests the same is asked again, in other words where it never repeats. */
  readonly turn: number;
  /** Sends the nth request, and resolves when all that is over. Never rejects. */
  send(n: number, token: string): Promise<void>;
  /** Asks twice for a user whom nobody else asks for, at a path of its own. Never rejects. */
  ask(token: string): Promise<void>;
  /** Asks for much, in several calls, and resolves when it is there. Never rejects. */
  sendLarge(token: string): Promise<void>;
  /**
   * Asks Cotalker for the same list of groups twice, whatever is remembered, so that the gateway keeps it, parsed. Of all
   * bodies it takes the most memory for what the gateway reckons. Never rejects.
   */
  fill(token: string): Promise<void>;
  /** Asks the same few things, so that what caches of texts hold is the same each time. Never rejects. */
  settle(): Promise<void>;
  /** Subscribes, goes away after so many milliseconds, and resolves then. Never rejects. */
  subscribe(token: string, forMs: number): Promise<void>;
  close(): void;
}

/** The documents that the gateway is to know, by id. */
export const SOAK_DOCUMENTS: Readonly<Record<string, string>> = {
  count: 'query Count { groups(first: 5) { totalCount } }',
  page: 'query Page($first: Int) { groups(first: $first) { nodes { __typename ... on MenuEntry { name } } } }',
};

const MENU = `{ mainMenu { __typename ... on MenuEntry { id name weight children { __typename
  ... on MenuEntry { name } } } ... on LinkGroup { url } } }`;
const BOARD = `{ groups(first: 20) { totalCount nodes { __typename ... on TaskGroup { name stateMachine { name }
  channels(first: 3) { nodes { name } } tasks(first: 5) { totalCount nodes { name assignee { name } } } } } } }`;
const SLOW_LAST = `{ groups(first: 20) { totalCount ... @defer(label: "rest") { nodes { __typename
  ... on TaskGroup { name tasks(first: 2) { nodes { name } } } } } } }`;

const post = (params: object, more: Omit<Ask, 'body'> = {}): Ask => ({
  ...more,
  body: [JSON.stringify(params)],
});
const ofList = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
const hostile = (n: number): string => ofList(HOSTILE_QUERIES, n).query;
const PARTS = { accept: 'multipart/mixed, application/json' };

/** What callers do, by turns; `i` counts the turns. */
const KINDS: readonly ((i: number) => Ask)[] = [
  () => post({ query: MENU }),
  () => post({ query: BOARD }),
  (i) => post({ query: `{ group(id: "${idOf(i % 30)}") { __typename } }` }),
  // A text that comes thirteen times, so that it is compiled, and never again.
  (i) =>
    post({ query: `query Q${Math.floor(i / 13)} { groups(first: 9) { nodes { __typename } } }` }),
  // A text that comes once, and is long, so that the cache of texts is full from the start.
  (i) => post({ query: `{ groups(first: 3) { totalCount } } # ${String(i).padEnd(8000, 'x')}` }),
  (i) => post({ query: hostile(i) }),
  (i) => post({ query: `${hostile(i)} # ${i}` }),
  (i) =>
    post({
      query: `query($n: Int) { groups(first: $n) { totalCount } }`,
      variables: { n: i % 99 },
    }),
  (i) =>
    post({
      query: 'query($n: Int) { groups(first: $n) { totalCount } }',
      variables: { n: `x${i}` },
    }),
  (i) => post({ query: `{ groups { no${i} } }`, operationName: `none${i}` }),
  (i) => post({ documentId: ofList(Object.keys(SOAK_DOCUMENTS), i), variables: { first: i % 20 } }),
  (i) => post({ extensions: { persistedQuery: { version: 1, sha256Hash: `unknown-${i}` } } }),
  () => post({ query: SLOW_LAST }, { headers: PARTS }),
  (i) => post({ query: SLOW_LAST }, { headers: PARTS, leaveAfterMs: i % 9 }),
  (i) => post({ query: BOARD }, { leaveAfterMs: i % 12 }),
  (i) => post({ query: MENU }, { headers: { admin: 'true', accept: `application/json;v=${i}` } }),
  (i) => post({ query: BOARD }, { headers: { 'x-explain': 'true', 'x-request-id': `soak-${i}` } }),
  (i) => ({ method: 'GET', path: `/graphql?query=%7B__typename%7D&unused=${i}` }),
  (i) => ({ method: 'GET', path: ofList(['/health', '/ready', `/nothing/${i}`], i) }),
  (i) => ({ body: [`{"query": ${i}`] }),
  (i) => ({ body: ['{"variables":{"i":', String(i), '},"query":', '"{ __typename }"', '}'] }),
  () => ({ body: ['x'.repeat(1_100_000)] }),
  () => post({ query: MENU }, { headers: { 'content-type': 'text/plain' } }),
];

/** More such texts than the gateway keeps. */
const FILLING = 30;

export function createSoakCallers(url: string): SoakCallers {
  const agent = new Agent({ keepAlive: true });

  const exchange = (ask: Ask, token: string): Promise<void> =>
    new Promise((resolve) => {
      const { method = 'POST', path = '/graphql', headers, body = [], leaveAfterMs } = ask;
      const sent = request(`${url}${path}`, {
        ...{ agent, method },
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          ...headers,
        },
      });
      const leave = setTimeout(() => sent.destroy(), leaveAfterMs ?? 30_000);
      const settle = (): void => {
        clearTimeout(leave);
        resolve();
      };
      sent.on('error', settle).on('close', settle);
      sent.on('response', (answer) => answer.on('error', settle).resume());
      for (const part of body.slice(0, -1)) sent.write(part);
      sent.end(body.at(-1));
    });

  /** Words that are no HTTP, and a request of which half is missing. */
  const breakOff = async (i: number, token: string): Promise<void> => {
    const connection = await openRaw(url);
    const bytes = rawPost(BOARD, { authorization: `Bearer ${token}` });
    connection.write(i % 2 === 0 ? `NOISE ${i}\r\n\r\n` : bytes.slice(0, -20));
    await new Promise((resolve) => setTimeout(resolve, i % 5));
    connection.socket.destroy();
  };

  /** Asks Cotalker the same twice, whatever is remembered. */
  const askTwice = async (params: object, token: string): Promise<void> => {
    const ask = post(params, { headers: { 'cache-control': 'no-cache' } });
    for (let n = 0; n < 2; n += 1) await exchange(ask, token);
  };

  const turn = KINDS.length + 1;
  return {
    turn,
    send: (n, token) => {
      const times = Math.floor(n / turn);
      const kind = KINDS[n % turn];
      return kind === undefined ? breakOff(times, token) : exchange(kind(times), token);
    },
    ask: (token) => {
      const id = idOf(0x10000 + Number(/\d+$/.exec(token)?.[0] ?? 0));
      const query = 'query($id: ID!) { user(id: $id) { id } }';
      return askTwice({ query, variables: { id } }, token);
    },
    sendLarge: (token) => exchange(post({ query: BOARD }), token),
    fill: (token) => askTwice({ query: MENU }, token),
    settle: async () => {
      for (let n = 0; n < FILLING; n += 1)
        await exchange(
          post({ query: `{ __typename } # settle ${n} ${'x'.repeat(8000)}` }),
          'settle',
        );
    },
    subscribe: (token, forMs) => {
      const query =
        'subscription { groupChanged { node { __typename ... on MenuEntry { name } } } }';
      return exchange(
        post({ query }, { headers: { accept: 'text/event-stream' }, leaveAfterMs: forMs }),
        token,
      );
    },
    close: () => agent.destroy(),
  };
}
