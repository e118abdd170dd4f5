import { afterEach, beforeEach, expect, jest } from '@jest/globals';
import { objectId } from '../../sandbox/index.ts';
import { type Cost, costOf, totalOf } from './costs.ts';
import { type AskOptions, type CachingOptions, startGateway, type TestGateway } from './gateway.ts';
import { type Stage, useStage } from './stage.ts';

/** Far longer than a test takes: the tests move the clock. */
export const REFERENCE_MS = 600_000;
export const MENU_MS = 300_000;
const LIFETIMES: CachingOptions = { referenceMs: REFERENCE_MS, menuMs: MENU_MS };

/** What was answered, what it cost, and the calls that were none, since they were remembered. */
export interface Asked {
  readonly data: any;
  readonly cost: Cost;
  readonly calls: number;
  readonly remembered: any[];
}

export interface RememberingStage {
  readonly stage: Pick<Stage, 'sandbox'>;
  readonly gateway: TestGateway;
  ask(query: string, options?: AskOptions): Promise<Asked>;
  /** Moves the clock to so long after the start of the test. */
  moveTo(ms: number): void;
  /** In the place of the gateway of the test, another one. */
  restart(caching: CachingOptions): Promise<void>;
}

/** A sandbox, and for each test a gateway that remembers. */
export function useRememberingStage(): RememberingStage {
  const stage = useStage();
  let gateway: TestGateway;
  let movedMs = 0;
  const start = (caching: CachingOptions) =>
    startGateway(stage.sandbox.url, { caching, live: { pollMs: 100, maxSubscriptions: 3 } });
  beforeEach(async () => {
    gateway = await start(LIFETIMES);
    movedMs = 0;
    let now = Date.now();
    // It goes on a millisecond each time it is looked at: what is younger than something has a later moment.
    jest.spyOn(Date, 'now').mockImplementation(() => (now += 1) + movedMs);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await gateway.close();
  });
  return {
    stage,
    get gateway() {
      return gateway;
    },
    ask: async (query, options = {}) => {
      stage.sandbox.calls.length = 0;
      const headers = { 'x-explain': 'true', ...options.headers };
      const { body } = await gateway.ask(query, { ...options, headers });
      expect(body.errors).toBeUndefined();
      const cost = costOf(stage.sandbox.calls);
      const { requests } = body.extensions.upstream;
      const remembered = requests.filter(({ source }: any) => source === 'remembered');
      return { data: body.data, cost, calls: totalOf(cost), remembered };
    },
    moveTo: (ms) => {
      movedMs = ms;
    },
    restart: async (caching) => {
      await gateway.close();
      gateway = await start(caching);
    },
  };
}

export const FIELD_WORKS = objectId('group', 'field_works');
export const TASKS = `{ group(id: "${FIELD_WORKS}") { ... on TaskGroup { tasks(first: 23) {
  nodes { name state { name } assignee { name } } } } } }`;
export const TYPES = '{ groups(first: 100) { nodes { __typename ... on MenuEntry { id } } } }';

/** What {@link TYPES} tells, by id. */
export const typesIn = ({ data }: Pick<Asked, 'data'>): Record<string, string> =>
  Object.fromEntries(data.groups.nodes.map(({ id, __typename }: any) => [id, __typename]));

/** The date of a group that has just changed. */
export const justNow = (): string => new Date(Date.now()).toISOString();
