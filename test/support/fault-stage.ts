import { appendFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll } from '@jest/globals';
import { type FaultServer, startFaultServer } from './fault-server.ts';
import { type AskOptions, type GraphQLAnswer, startGateway, type TestGateway } from './gateway.ts';

export interface TimedAnswer extends GraphQLAnswer {
  /** Milliseconds from the first byte sent to the last one read. */
  readonly ms: number;
  /** The codes of its errors, each once. */
  readonly codes: readonly string[];
}

export interface FaultStage {
  readonly upstream: FaultServer;
  readonly gateway: TestGateway;
  ask(query?: string, options?: AskOptions): Promise<TimedAnswer>;
}

/** A query that takes one call. */
export const LISTING = '{ groups { totalCount } }';

/** An answer to {@link LISTING}. */
export const GROUPS = { data: { groups: [], count: 0 } };

type Options = NonNullable<Parameters<typeof startGateway>[1]>;

/** A stage in front of the URL; `upstream` is closed with it. */
async function openStage(url: string, options: Options, upstream?: FaultServer) {
  const gateway = await startGateway(url, { resilience: {}, ...options });
  const ask: FaultStage['ask'] = async (query = LISTING, asking) => {
    const start = performance.now();
    const answer = await gateway.ask(query, asking);
    const ms = performance.now() - start;
    const codes = (answer.body.errors ?? []).map(({ extensions }) => String(extensions.code));
    return { ...answer, ms, codes: [...new Set(codes)] };
  };
  const close = async (): Promise<void> => {
    await gateway.close();
    await upstream?.close();
  };
  return { gateway, ask, close };
}

/** Sets stages up: a gateway as it ships in front of a fault server; each is taken down after its test. */
export function useFaultStage() {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });
  const stageAt = async (url: string, options: Options = {}, upstream?: FaultServer) => {
    const { close, ...stage } = await openStage(url, options, upstream);
    closing.push(close);
    return stage;
  };
  const stage = async (
    answer: FaultServer['answer'],
    options: Options = {},
  ): Promise<FaultStage> => {
    const upstream = await startFaultServer(answer);
    return { upstream, ...(await stageAt(upstream.url, options, upstream)) };
  };
  return { stage, stageAt };
}

/**
 * One stage for all tests of a file, whose calls may fail without end: its breaker never opens. Each
 * test says how the upstream answers.
 */
export function useSharedFaultStage(options: Options = {}) {
  const shared = {} as FaultStage & { close: () => Promise<void> };
  beforeAll(async () => {
    const upstream = await startFaultServer(() => () => undefined);
    const resilience = { breaker: { minCalls: Infinity } };
    Object.assign(
      shared,
      { upstream },
      await openStage(upstream.url, { resilience, ...options }, upstream),
    );
  });
  afterAll(() => shared.close());
  return {
    stage: (answer: FaultServer['answer']): FaultStage => {
      shared.upstream.calls.length = 0;
      shared.upstream.answer = answer;
      return shared;
    },
  };
}

/** Notes a measurement for docs/reliability.md; `FIGURES` names the file, and without it nothing is kept. */
export function figure(name: string, value: string): void {
  const file = process.env['FIGURES'];
  if (file !== undefined) appendFileSync(file, `${name}: ${value}\n`);
}

/** Milliseconds as they stand in a table. */
export const inMs = (ms: number): string => `${Math.round(ms)} ms`;
