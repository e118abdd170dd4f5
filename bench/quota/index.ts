import { setTimeout as sleep } from 'node:timers/promises';
import {
  createSandbox,
  DOCUMENTED_QUOTA,
  SANDBOX_COMPANY_ID,
  type SandboxCall,
  sandboxToken,
} from '../../sandbox/index.ts';
import { startSubject } from '../lib/process.ts';
import { type GraphQLRequest, type Scenario, SCENARIOS } from '../lib/scenarios.ts';
import type { Subject } from '../lib/subject.ts';
import { OURS_AS_SHIPPED, SUBJECTS } from '../lib/subjects.ts';
import { WORLDS } from '../world/worlds.ts';
import { barsOf, type Figures, smokeBarsOf, table, toFigures, verdicts } from './figures.ts';
import { REST_MS, runSessions, type Step, type Tally } from './session.ts';

const PEERS = ['stock', 'apollo', 'mercurius', 'hive'];
const RIVALS = [OURS_AS_SHIPPED, ...SUBJECTS.filter(({ name }) => PEERS.includes(name))];
const LATENCY_MS = 20;
/** All users begin within so long, evenly spread. */
const BEGIN_MS = 10_000;

const BOARD = `query Board {
  groups(first: 1, filter: { type: TASK }) {
    nodes {
      __typename
      ... on TaskGroup { id name tasks(first: 3) { nodes { id name state { name type } assignee { name } } } }
    }
  }
}`;

const scenarioOf = (name: string): Scenario => {
  const found = SCENARIOS.find((scenario) => scenario.name === name);
  if (!found) throw new Error(`no scenario ${name}`);
  return found;
};

/** The menu, a board, a channel list. Hive cannot be asked for tasks: its board is the workflow. */
function stepsOf({ translate }: Subject): Step[] {
  const request = (name: string, variables: Record<string, unknown>): GraphQLRequest => {
    const scenario = scenarioOf(name);
    return { ...(translate?.(scenario)?.request ?? scenario.request), variables };
  };
  const board = { operationName: 'Board', query: BOARD, variables: {} };
  return [
    { request: request('typed', { first: 100 }), needs: 'groups' },
    translate
      ? { request: request('workflow', { first: 100 }), needs: 'taskGroup' }
      : { request: board, needs: 'assignee' },
    { request: request('channels-10', { first: 1 }), needs: 'channels' },
  ];
}

/** The users of one company in front of one subject, whose upstream and quota are its own. */
async function run(subject: Subject, users: number, lastsMs: number): Promise<Figures> {
  const sandbox = await createSandbox({
    ...{ data: WORLDS.menu(), latencyMs: LATENCY_MS, quota: DOCUMENTED_QUOTA },
  });
  const upstream = { upstreamUrl: sandbox.url, latencyMs: LATENCY_MS };
  const running = await startSubject(subject, upstream, '0-1');
  try {
    const steps = stepsOf(subject);
    const tally: Tally = { whole: 0, half: 0, steps: [] };
    const until = performance.now() + lastsMs;
    await Promise.all(
      Array.from({ length: users }, async (_, n) => {
        await sleep((n * BEGIN_MS) / users);
        const token = sandboxToken({ company: SANDBOX_COMPANY_ID, sub: `user-${n}` });
        const isOwn = ({ headers, status }: SandboxCall): boolean =>
          status !== 429 && headers.authorization === `Bearer ${token}`;
        const calls = (): number => sandbox.calls.filter(isOwn).length;
        await runSessions(running, steps, { token, calls }, { tally, until });
      }),
    );
    const refused = sandbox.calls.filter(({ status }) => status === 429).length;
    const load = {
      users,
      beginMs: BEGIN_MS,
      restMs: REST_MS,
      stepsASession: steps.length,
      lastsMs,
    };
    return toFigures(subject.name, load, { tally, calls: sandbox.calls.length, refused });
  } finally {
    await running.stop();
    await sandbox.close();
  }
}

export interface QuotaRun {
  /** One run for each. */
  readonly userCounts: readonly number[];
  /** How long the users go on. */
  readonly lastsMs: number;
  /** Whether the bars that always hold decide. */
  readonly isSmoke: boolean;
  /** Names of subjects; empty: all. */
  readonly names: readonly string[];
}

/**
 * Sessions of a company that shares a quota, of the gateway and its peers side by side: they wait for the
 * quota and not for the CPU. In real time, since a gateway's own timers and `Retry-After` cannot be scaled.
 *
 * @returns whether every subject completed a session, and what decides is met
 */
export async function runQuota(options: QuotaRun): Promise<boolean> {
  const { userCounts, lastsMs, isSmoke, names } = options;
  const subjects = RIVALS.filter(({ name }) => names.length === 0 || names.includes(name));
  let isGood = true;
  for (const users of userCounts) {
    const figures = await Promise.all(subjects.map((subject) => run(subject, users, lastsMs)));
    const smokeBars = isSmoke ? smokeBarsOf(figures) : [];
    const bars = users === 30 ? barsOf(figures) : smokeBars;
    process.stdout.write(`${table(figures)}\n${verdicts(bars)}\n`);
    isGood &&= figures.every(({ whole }) => whole > 0) && smokeBars.every(({ isMet }) => isMet);
  }
  return isGood;
}
