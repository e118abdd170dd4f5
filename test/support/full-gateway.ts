import type { Socket } from 'node:net';
import type { Fault } from './fault-server.ts';
import { GROUPS, LISTING, type useFaultStage } from './fault-stage.ts';
import * as faults from './faults.ts';

/** A gateway all of whose places are taken, by requests that wait for Cotalker. */
export async function startFull(
  stage: ReturnType<typeof useFaultStage>['stage'],
  places: number,
  options: Parameters<typeof stage>[1] = {},
) {
  const held: Socket[] = [];
  const served = faults.json(GROUPS);
  let answer: Fault = (socket) => void held.push(socket);
  const { gateway, upstream } = await stage(() => answer, { maxInFlight: places, ...options });
  // Each of another caller, whom Cotalker has accepted: none shares the call, or the places, of another.
  const accepting = answer;
  answer = served;
  for (let n = 0; n < places; n += 1) await gateway.ask(LISTING, { token: `waiting-${n}` });
  upstream.calls.length = 0;
  answer = accepting;
  const waiting = Array.from({ length: places }, (_, n) =>
    gateway.ask(LISTING, { token: `waiting-${n}` }),
  );
  await upstream.untilCalled(places);
  const release = async () => {
    answer = served;
    for (const socket of held) served(socket);
    return Promise.all(waiting);
  };
  return { gateway, upstream, release };
}
