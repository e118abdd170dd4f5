import { expect, test } from '@jest/globals';
import { createCaller } from '../../src/cotalker/call.ts';
import type { Position } from '../../src/cotalker/records/moment.ts';
import type { Session } from '../../src/cotalker/session.ts';
import { createChannelChanges } from '../../src/live/channel-changes.ts';
import type { FollowedList } from '../../src/live/follow.ts';
import { toEdges } from '../../src/mapping/connection.ts';
import {
  CHANNEL,
  type HistoryServer,
  HistoryUpstream,
  momentAt,
} from '../support/history-upstream.ts';

const NOBODY = createCaller({ authorization: undefined, admin: false, tracing: {} });

/** How a channel's messages are read for its feed, and the server behind it. */
async function openReader(server: Partial<HistoryServer> = {}) {
  const upstream = new HistoryUpstream({
    ...{ back: 'there', cap: 1000, ignoresSize: false },
    ...{ isInclusive: true, isNewestFirst: false, hasEnvelope: false },
    ...server,
  });
  const lists: FollowedList<any, any>[] = [];
  const follow = createChannelChanges(async (_, list) => {
    lists.push(list);
    return (async function* () {})();
  });
  await follow({} as Parameters<typeof follow>[0], { channelId: CHANNEL });
  const reader = lists[0]?.readerOf(NOBODY, upstream as unknown as Session);
  if (reader === undefined) throw new Error('nothing was followed');
  const { signal } = new AbortController();
  const read = (after: Position | undefined, want: number) => reader.read(after, want, signal);
  return { upstream, read, findListEnd: reader.findListEnd };
}
const idOf = (n: number): string => n.toString(16).padStart(24, '0');

test.each([true, false])(
  'what came since is read in batches, in order; inclusive: %s',
  async (isInclusive) => {
    const { upstream, read } = await openReader({ isInclusive });
    // Three share each moment.
    for (let n = 0; n < 20; n += 1) upstream.write(idOf(n), Math.floor(n / 3));
    const ids: string[] = [];
    let position: Position | undefined;
    for (let hasMore = true; hasMore;) {
      const window = await read(position, 4);
      ids.push(...window.items.map(({ id }) => id));
      expect(window.items.length).toBe(Math.min(4, 20 - ids.length + window.items.length));
      position = toEdges(window.items, position, window.newest).at(-1)?.position;
      ({ hasMore } = window);
    }
    expect(ids).toEqual(Array.from({ length: 20 }, (_, n) => idOf(n)));
    expect(upstream.calls).toHaveLength(5);
    expect((await read(position, 4)).items).toEqual([]);
    // One comes to the last moment, before those that were read there.
    upstream.write(idOf(0), 6);
    expect((await read(position, 4)).items.map(({ id }) => id)).toEqual([idOf(0)]);
  },
);

test.each(['there', 'ignored'] as const)(
  'the end is behind all of the last moment; back: %s',
  async (back) => {
    const { upstream, read, findListEnd } = await openReader({ back });
    for (let n = 0; n < 9; n += 1) upstream.write(idOf(n), n < 5 ? n : 5);
    const end = await findListEnd();
    expect(end).toMatchObject({ modifiedAt: momentAt(5), ids: [5, 6, 7, 8].map(idOf) });
    expect((await read(end, 500)).items).toEqual([]);
  },
);

test('a channel without messages has no end, and its first ones are read', async () => {
  const { upstream, read, findListEnd } = await openReader();
  expect(await findListEnd()).toBeUndefined();
  upstream.write(idOf(1), 1);
  expect((await read(undefined, 500)).items.map(({ id }) => id)).toEqual([idOf(1)]);
});
