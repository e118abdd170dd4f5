import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect } from '@jest/globals';
import { type Events, subscribe, type SubscribeOptions } from './events.ts';
import type { StartOptions } from './gateway.ts';
import { idOf, plant, range, rawGroup, rawTaskGroup, type Stage, useStage } from './stage.ts';

export const POLL_MS = 100;
export const FOLLOW =
  'subscription ($after: String, $filter: GroupFilter) { groupChanged(after: $after, filter: $filter) { cursor node { __typename ... on MenuEntry { id name } } } }';

export interface LiveStage {
  readonly stage: Stage;
  /** Subscribes; left by itself after the test. */
  follow(options?: SubscribeOptions, query?: string, url?: string): Promise<Events>;
  /** Leaves all. */
  leaveAll(): void;
  /** Plants four groups, the second of which is a task group. */
  setUp(): void;
  /** Changes a group, now; a moment that no other change has. */
  change(n: number, more?: object): void;
  /** The moment of the last change: for `momentOf`. */
  readonly now: number;
  /** Adds a group, now. */
  add(): void;
  /** How many subscriptions are open. */
  openNow(): Promise<number>;
  /** Resolves to the first event of one subscription, once the gateway has noticed that it was left. */
  firstEvent(subscribe: (next: (event: any) => void) => { unsubscribe(): void }): Promise<any>;
}

/** A stage whose lists are followed, for the tests of a file. */
export function useLiveStage(options: StartOptions = {}): LiveStage {
  const stage = useStage({
    isMetered: true,
    live: { pollMs: POLL_MS, maxSubscriptions: 3 },
    maxInFlight: 2,
    ...options,
  });
  const opened: Events[] = [];
  let clock = 1000;
  const leaveAll = (): void => {
    for (const events of opened.splice(0)) events.leave();
  };
  /** Until nothing is followed, and so nothing polled, any more. */
  const untilQuiet = async (): Promise<void> => {
    const open = /^cotalker_gateway_(feeds|subscriptions)_open [1-9]/m;
    while (open.test(await stage.gateway.metrics())) await sleep(5);
  };
  const openNow = async (): Promise<number> =>
    Number(/^cotalker_gateway_subscriptions_open (\d+)/m.exec(await stage.gateway.metrics())?.[1]);
  afterEach(async () => {
    if (opened.length === 0) return;
    leaveAll();
    await untilQuiet();
  });
  const live: LiveStage = {
    stage,
    leaveAll,
    openNow,
    firstEvent: async (subscribe) => {
      const event = Promise.withResolvers<any>();
      const subscription = subscribe(event.resolve);
      const timer = setInterval(() => live.change(1), POLL_MS * 2);
      const first = await event.promise;
      clearInterval(timer);
      expect(await openNow()).toBe(1);
      subscription.unsubscribe();
      while ((await openNow()) > 0) await sleep(20);
      return first;
    },
    get now() {
      return clock;
    },
    follow: async (options = {}, query = FOLLOW, url = stage.gateway.url) => {
      const events = await subscribe(url, query, options);
      opened.push(events);
      return events;
    },
    setUp: () =>
      plant(
        stage,
        range(4).map((n) => rawGroup(n)),
        [rawTaskGroup(2)],
      ),
    change: (n, more = {}) => {
      clock += 1;
      const group = stage.sandbox.data.groups.find(({ _id }) => _id === idOf(n));
      Object.assign(group ?? {}, {
        ...rawGroup(clock),
        _id: idOf(n),
        nameDisplay: `Change ${clock}`,
        ...more,
      });
    },
    add: () => {
      clock += 1;
      stage.sandbox.data.groups.push(rawGroup(clock));
    },
  };
  return live;
}

/** The group that an event tells. */
export const nodeOf = (result: any) => result.data.groupChanged.node;
