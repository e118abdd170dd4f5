import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import {
  createSandbox,
  DOCUMENTED_QUOTA,
  DOCUMENTED_WRITE_QUOTA,
  type Fault,
  objectId,
  planted,
  type RawRecord,
  type Readings,
  type Sandbox,
  type SandboxCall,
  sandboxToken,
} from '../../sandbox/index.ts';
import { figure } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';

/*
 * No write is lost, and none is repeated, whatever goes wrong. Cotalker fails in eleven ways, its quotas are short, and
 * callers leave and click twice. At the end the gateway is stopped while writes are under way.
 */

const SECONDS = 60;
const COMPANIES = 6;
/** Of each company at once: a sender of messages, one who creates tasks, and one who moves a task of its own. */
const PAUSE_MS = 250;
const DEADLINE_MS = 2000;

const CHANNEL = planted.messages.channel;
const BOARD = objectId('group', 'ideas_board');
const STATES = ['noted', 'adopted'].map((state) => objectId('state', `ideas_board/${state}`));
const QUERIES = {
  sendMessage: `mutation ($input: SendMessageInput!) { done: sendMessage(input: $input) { errors { __typename }
    record: message { __typename channel { id } sender { id } ... on TextMessage { text } } } }`,
  createTask: `mutation ($input: CreateTaskInput!) { done: createTask(input: $input) { errors { __typename }
    record: task { name } } }`,
  moveTask: `mutation ($input: MoveTaskInput!) { done: moveTask(input: $input) { errors { __typename }
    record: task { name serial state { id } } } }`,
};
/** What writes answer. Each call draws one. */
const ANSWERS: readonly Readings['written'][] = ['record', 'record', 'id', 'sent'];

/** What befalls a call, in per cent of all; most writes have nothing befall them, and GETs are retried. */
const FAULTS: readonly (readonly [percent: number, Fault])[] = [
  [3, { destroy: true }],
  [3, { destroy: true, isDone: true }],
  [2, { status: 500 }],
  [2, { status: 500, isDone: true }],
  [1, { status: 503, headers: { 'retry-after': '1' } }],
  [2, { status: 504, isDone: true }],
  [2, { status: 204, isDone: true }],
  [1, { status: 204 }],
  [2, { status: 429, headers: { 'retry-after': '1' } }],
  [2, { status: 400 }],
  [1, { delayMs: 2 * DEADLINE_MS }],
];

/** What a write has come to, as its caller knows it. */
type Outcome = 'ok' | 'unknown' | 'refused';
interface Write {
  readonly id: string;
  /** What it writes, which tells it from all others but its own double click. */
  readonly what: string;
  readonly outcome: Outcome;
}

let sandbox: Sandbox;
let gateway: GatewayProcess;
let people: readonly string[];
/** What was answered as done with another record than the one that was written. */
const wrong: unknown[] = [];
const writes: Write[] = [];
const moves = new Map<string, { readonly to: string; readonly outcome: Outcome }[]>();

beforeAll(async () => {
  sandbox = await createSandbox({ quota: DOCUMENTED_QUOTA, writeQuota: DOCUMENTED_WRITE_QUOTA });
  const channel = sandbox.data.channels.find(({ _id }) => _id === CHANNEL);
  people = channel?.['userIds'] as string[];
  const draws = new WeakMap<SandboxCall, number>();
  const drawFor = (call: SandboxCall): number => {
    const draw = draws.get(call) ?? Math.random() * 100;
    draws.set(call, draw);
    return draw;
  };
  sandbox.fail({
    matches: () => {
      const written = ANSWERS[Math.floor(Math.random() * ANSWERS.length)] ?? 'record';
      sandbox.readings = { ...sandbox.readings, written };
      return false;
    },
  });
  let from = 0;
  for (const [percent, fault] of FAULTS) {
    const [least, most] = [from, from + percent];
    sandbox.fail({ ...fault, matches: (call) => drawFor(call) >= least && drawFor(call) < most });
    from = most;
  }
  gateway = await startGatewayProcess(sandbox.url, {
    MUTATIONS: 'on',
    UPSTREAM_QUOTA: '50/5s',
    REFERENCE_TTL_MS: '60000',
    REQUEST_DEADLINE_MS: String(DEADLINE_MS),
    // Whoever is slow for want of the processor is not cut.
    SHUTDOWN_TIMEOUT_MS: '60000',
    LOG_LEVEL: 'warn',
  });
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

/** Who writes for a company. */
const personOf = (company: number): string => people[company % 3] ?? '';

/**
 * Sends one mutation.
 *
 * @param record What comes of it where it is done.
 * @param leaving Fires when its caller leaves, who then never knows. */
async function send(
  name: keyof typeof QUERIES,
  input: Readonly<Record<string, string>>,
  company: number,
  record: RawRecord,
  leaving?: AbortSignal,
): Promise<{ readonly id: string; readonly outcome: Outcome }> {
  const id = randomUUID();
  const token = sandboxToken({ company: `company-${company}`, sub: personOf(company) });
  try {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        'x-request-id': id,
      },
      body: JSON.stringify({ query: QUERIES[name], variables: { input } }),
      ...(leaving && { signal: leaving }),
    });
    const { data, errors } = (await response.json()) as { data?: any; errors?: any[] };
    const code = errors?.[0]?.extensions.code;
    const isDone = data?.done?.errors.length === 0;
    if (isDone && !isDeepStrictEqual(data.done.record, record)) wrong.push(data.done.record);
    if (data?.done) return { id, outcome: isDone ? 'ok' : 'refused' };
    return { id, outcome: code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'refused' };
  } catch {
    return { id, outcome: 'unknown' };
  }
}

/** Goes on with one write after the other until the time is up, and once more while the gateway stops. */
async function goOn(isOver: () => boolean, write: (n: number) => Promise<unknown>): Promise<void> {
  for (let n = 0; !isOver(); n += 1) {
    await write(n);
    await sleep(PAUSE_MS * (0.5 + Math.random()));
  }
}

async function writeNew(
  name: 'sendMessage' | 'createTask',
  company: number,
  n: number,
): Promise<void> {
  const what = `${name} ${company}/${n}`;
  const input: Record<string, string> =
    name === 'sendMessage' ? { channelId: CHANNEL, text: what } : { groupId: BOARD, name: what };
  const told = {
    ...{ __typename: 'TextMessage', channel: { id: CHANNEL } },
    ...{ sender: { id: personOf(company) }, text: what },
  };
  const record = name === 'sendMessage' ? told : { name: what };
  const clicks = Math.random() < 0.1 ? 2 : 1;
  const leaving =
    Math.random() < 0.05 ? AbortSignal.timeout(Math.round(Math.random() * 40)) : undefined;
  const sent = Array.from({ length: clicks }, () => send(name, input, company, record, leaving));
  for (const one of await Promise.all(sent)) writes.push({ ...one, what });
}

async function move(
  { _id: task, name, serial }: RawRecord & { readonly _id: string },
  company: number,
  n: number,
): Promise<void> {
  const to = STATES[n % 2] ?? '';
  const input = { groupId: BOARD, taskId: task, stateId: to };
  const record = { name, serial, state: { id: to } };
  const { id, outcome } = await send('moveTask', input, company, record);
  writes.push({ id, what: `move of ${task}`, outcome });
  const own = moves.get(task) ?? [];
  moves.set(task, own);
  own.push({ to, outcome });
}

test(`in ${SECONDS} s of faults no write is lost, and none repeated`, async () => {
  const { tasks: existing } = sandbox.data;
  const pattern = existing.find(({ smState }) => smState === STATES[0]) ?? {};
  const tasks = Array.from({ length: COMPANIES }, (_, n) => ({
    ...{ ...pattern, visibility: [], isActive: true },
    _id: objectId('task', `soak/${n}`),
  }));
  existing.push(...tasks);
  let isOver = false;
  const writers = tasks.flatMap((task, company) => [
    goOn(
      () => isOver,
      (n) => writeNew('sendMessage', company, n),
    ),
    goOn(
      () => isOver,
      (n) => writeNew('createTask', company, n),
    ),
    goOn(
      () => isOver,
      (n) => move(task, company, n),
    ),
  ]);
  await sleep(SECONDS * 1000);
  // Some are under way. Whoever comes later meets nobody.
  gateway.signal('SIGTERM');
  const code = await gateway.ended;
  const said = gateway.output().match(/^.*"level":50.*$/gm) ?? [];
  expect({ code, said }).toEqual({ code: 0, said: [] });
  isOver = true;
  await Promise.all(writers);

  const count = (outcome: Outcome): number =>
    writes.filter((write) => write.outcome === outcome).length;
  figure(
    'writes in a minute of faults',
    `${count('ok')} done, ${count('unknown')} unknown, ${count('refused')} refused`,
  );
  for (const outcome of ['ok', 'unknown', 'refused'] as const)
    expect(count(outcome)).toBeGreaterThan(10);

  expect(wrong).toEqual([]);
  // Each was sent once at the most, and what was answered as done exactly once.
  const sent = Map.groupBy(
    sandbox.calls.filter(({ method }) => method !== 'GET'),
    ({ headers }) => headers['x-request-id'],
  );
  expect([...sent.values()].filter((calls) => calls.length > 1)).toEqual([]);

  const { messages, tasks: now } = sandbox.data;
  const there = Map.groupBy(
    [...messages.map(({ content }) => content), ...now.map(({ name }) => name)],
    (what) => what,
  );
  const isMove = ({ what }: Write): boolean => what.startsWith('move');
  for (const [what, own] of Map.groupBy(
    writes.filter((write) => !isMove(write)),
    (it) => it.what,
  )) {
    const done = own.filter(({ outcome }) => outcome === 'ok').length;
    const unknown = own.filter(({ outcome }) => outcome === 'unknown').length;
    const found = there.get(what)?.length ?? 0;
    if (found < done || found > done + unknown)
      throw new Error(`${what}: ${found} there, of ${done} done and ${unknown} unknown`);
  }
  for (const [task, own] of moves) {
    const last = own.findLastIndex(({ outcome }) => outcome === 'ok');
    const possible = own
      .slice(Math.max(0, last))
      .filter(({ outcome }) => outcome !== 'refused')
      .map(({ to }) => to);
    const state = (now.find(({ _id }) => _id === task) as RawRecord)['smState'];
    if (last >= 0) expect(possible).toContain(state);
  }
});
