import { spawn } from 'node:child_process';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  createSandbox,
  objectId,
  type Sandbox,
  SANDBOX_COMPANY_ID,
  sandboxToken,
} from '../../sandbox/index.ts';
import { figure, inMs } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { range } from '../support/stage.ts';

/*
 * 75 users open the whole menu at the same moment, with Cotalker 200 ms away. Each gets a whole answer, or is refused
 * before its first call: nobody gets a half one.
 */

const USERS = 75;
const LATENCY_MS = 200;
/** How many come before, to see how fast this machine is. */
const AHEAD = 25;
/** At that pace at least so many of those for whom there is time are whole. */
const WHOLE_PART = 2 / 3;
/** Of the deadline, by which whoever is refused knows it: how fast the others are has to be seen first. */
const REFUSED_PART = 2 / 3;
/** How late an answer may be. */
const GRACE_MS = 100;
/** A loop of the test, and of the gateway as well, may be held up by as much as was measured. */
const LOOPS = 2;
const PATIENCE_MS = 180_000;

const LEVEL = `__typename ... on MenuEntry { id name }
  ... on StandardGroup { channels { totalCount nodes { name } } }
  ... on TaskGroup { channels { totalCount nodes { name } }
    tasks { totalCount nodes { name state { name type } assignee { name } } } }`;
const MENU = `{ mainMenu { ${LEVEL} ... on MenuEntry {
  children { ${LEVEL} ... on MenuEntry { children { ${LEVEL} } } } } } }`;

interface Answer {
  readonly kind: 'whole' | 'half' | 'refused' | 'other';
  readonly ms: number;
  /** How many calls it made. */
  readonly calls: number;
}

let sandbox: Sandbox;
let gateway: GatewayProcess | undefined;
const neighbours: { kill(signal: 'SIGKILL'): boolean }[] = [];
beforeEach(async () => {
  sandbox = await createSandbox({ latencyMs: LATENCY_MS });
});
afterEach(async () => {
  for (const one of neighbours.splice(0)) one.kill('SIGKILL');
  await gateway?.close();
  await sandbox.close();
});

const ofKind = (answers: readonly Answer[], wanted: Answer['kind']): Answer[] =>
  answers.filter(({ kind }) => kind === wanted);
const latest = (answers: readonly Answer[]): number => Math.max(0, ...answers.map(({ ms }) => ms));

async function openMenu(url: string, user: string): Promise<Answer> {
  const sub = objectId('user', user);
  const authorization = `Bearer ${sandboxToken({ company: SANDBOX_COMPANY_ID, sub })}`;
  const start = performance.now();
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ query: MENU }),
  });
  const { data, errors } = await response.json();
  const ms = performance.now() - start;
  const kind = (): Answer['kind'] => {
    if (response.status === 503) return 'refused';
    if (response.status !== 200 || !data) return 'other';
    return errors === undefined ? 'whole' : 'half';
  };
  const calls = sandbox.calls.filter(({ headers }) => headers.authorization === authorization);
  return { kind: kind(), ms, calls: calls.length };
}

test.each([
  ['on this machine as it is', 0, 10_000, 0],
  ['beside two processes that take all they get', 2, 10_000, 0],
  // Those that have begun are torn where the machine's pace falls meanwhile.
  ['with time for less than all', 0, 4000, USERS / 10],
])(
  '75 menus at once, %s: each is whole, or refused without a call, and all by the deadline',
  async (where, busy, deadlineMs, maxTorn) => {
    gateway = await startGatewayProcess(sandbox.url, {
      LOG_LEVEL: 'warn',
      REQUEST_DEADLINE_MS: String(deadlineMs),
    });
    const { url } = gateway;
    const openAll = (name: string, count: number): Promise<Answer[]> =>
      Promise.all(range(count).map((n) => openMenu(url, `${name}-${n}`)));
    // The gateway learns what the document takes, and Node compiles what it has to run.
    for (const name of ['first', 'second', 'third']) await openAll(name, 3);

    for (let n = 0; n < busy; n += 1) neighbours.push(spawn(process.execPath, ['-e', 'for (;;);']));
    const begun = performance.now();
    const ahead = ofKind(await openAll('ahead', AHEAD), 'whole').length;
    const inTime = Math.min(USERS, (ahead * deadlineMs) / (performance.now() - begun));
    const lag = monitorEventLoopDelay({ resolution: 10 });
    lag.enable();
    const answers = await openAll('user', USERS);
    lag.disable();
    const lagMs = lag.max / 1e6;
    const [whole, refused] = [ofKind(answers, 'whole'), ofKind(answers, 'refused')];
    figure(
      `deep screens: 75 menus at once, ${LATENCY_MS} ms away, ${where}`,
      `at the pace of ${AHEAD} before there is time for ${inTime.toFixed(0)}; ` +
        `${whole.length} whole by ${inMs(latest(whole))}, ${refused.length} refused by ${inMs(latest(refused))}; ` +
        `the loop was held up for ${inMs(lagMs)} at the most`,
    );
    expect(USERS - whole.length - refused.length).toBeLessThanOrEqual(maxTorn);
    // Where all go on at the same pace, 0 to 3 of 75 are. A quiet machine serves 60 to 75 in 10 s.
    expect(whole.length).toBeGreaterThan(inTime * WHOLE_PART);
    expect(refused.filter(({ calls }) => calls > 0)).toEqual([]);
    expect(latest(refused)).toBeLessThan(deadlineMs * REFUSED_PART + LOOPS * lagMs);
    expect(latest(answers)).toBeLessThan(deadlineMs + GRACE_MS + LOOPS * lagMs);
  },
  PATIENCE_MS,
);
