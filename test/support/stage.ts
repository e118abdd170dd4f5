import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import {
  createCompany,
  createSandbox,
  FIRST_READINGS,
  type RawRecord,
  type Sandbox,
  type SandboxCall,
} from '../../sandbox/index.ts';
import { startGateway, type TestGateway } from './gateway.ts';

export interface Stage {
  readonly sandbox: Sandbox;
  readonly gateway: TestGateway;
}

/** A sandbox and a gateway in front of it for the tests of a file; each test finds both as new. */
export function useStage(options: Parameters<typeof startGateway>[1] = {}): Stage {
  const stage = {} as { sandbox: Sandbox; gateway: TestGateway };
  beforeAll(async () => {
    stage.sandbox = await createSandbox();
    stage.gateway = await startGateway(stage.sandbox.url, options);
  });
  beforeEach(() => {
    const { sandbox, gateway } = stage;
    sandbox.reset();
    const data = createCompany();
    Object.assign(sandbox, { data, maxLimit: 1000, latencyMs: 0, readings: FIRST_READINGS });
    gateway.logs.length = 0;
  });
  afterAll(async () => {
    await stage.gateway.close();
    await stage.sandbox.close();
  });
  return stage;
}

/** The endpoints called, in order. */
export const endpoints = ({ calls }: Sandbox): (string | null)[] =>
  calls.map(({ template }) => template);

/** A call's query as an object; a repeated key is an array. */
export function queryOf(call: SandboxCall | undefined): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = {};
  for (const [key, value] of call?.query ?? []) {
    const before = query[key];
    query[key] = before === undefined ? value : [before, value].flat();
  }
  return query;
}

/** All values of a parameter, such as the ids that a call asks for. */
export const valuesOf = (call: SandboxCall, key: string): string[] =>
  [queryOf(call)[key] ?? []].flat();

/** The nth id of a planted data set. */
export const idOf = (n: number): string => n.toString(16).padStart(24, '0');

/** The nth moment of a planted data set. */
export const momentOf = (n: number): string =>
  new Date(Date.UTC(2024, 0, 1) + n * 60_000).toISOString();

/** The nth group of a planted data set, as short as the upstream sends one. */
export const rawGroup = (n: number, more: RawRecord = {}): RawRecord => ({
  _id: idOf(n),
  nameDisplay: `Group ${n}`,
  search: [`group ${n}`],
  modifiedAt: momentOf(n),
  ...more,
});

/** The task group that makes the nth group one. */
export const rawTaskGroup = (n: number, more: RawRecord = {}): RawRecord => ({
  _id: idOf(0x1000 + n),
  group: idOf(n),
  createdAt: momentOf(n),
  ...more,
});

/** Puts groups, and the task groups that name some of them, in the place of the company's. */
export function plant(
  { sandbox }: Pick<Stage, 'sandbox'>,
  groups: readonly unknown[],
  taskGroups: readonly unknown[] = [],
): void {
  sandbox.data.groups = groups as RawRecord[];
  sandbox.data.taskGroups = taskGroups as RawRecord[];
}

export const range = (count: number, from = 1): number[] =>
  Array.from({ length: count }, (_, index) => from + index);
