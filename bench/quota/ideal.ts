import type { Quota } from '../../sandbox/index.ts';

export interface Load {
  readonly users: number;
  /** All users begin within so long, evenly spread. */
  readonly beginMs: number;
  /** How long a user rests between two sessions. */
  readonly restMs: number;
  readonly stepsASession: number;
  /** The calls that a step takes on average, in a user's first session or in a later one. */
  readonly callsOf: (step: number, isFirst: boolean) => number;
  /** How long a step takes that waits for no quota. */
  readonly stepMs: number;
  readonly lastsMs: number;
}

/**
 * How long steps take where nothing but the quota makes them wait, in simulated time. Steps are served in the order in
 * which they come. Each window is used up before one waits for the next.
 *
 * @returns Milliseconds of each step that ends in time.
 */
export function idealSteps(load: Load, { calls, windowMs }: Quota): number[] {
  const { users, beginMs, restMs, stepsASession, callsOf, stepMs, lastsMs } = load;
  const next = Array.from({ length: users }, (_, n) => ({ at: (n * beginMs) / users, steps: 0 }));
  const taken: number[] = [];
  let window = { begin: 0, left: calls };
  for (;;) {
    const user = next.reduce((first, other) => (other.at < first.at ? other : first));
    if (user.at >= lastsMs) return taken;
    let at = user.at;
    const isFirst = user.steps < stepsASession;
    for (let need = callsOf(user.steps % stepsASession, isFirst); need > 0;) {
      if (at >= window.begin + windowMs) window = { begin: at, left: calls };
      const part = Math.min(need, window.left);
      window.left -= part;
      need -= part;
      if (need > 0) at = Math.max(at, window.begin + windowMs);
    }
    // Steps are served in order: who comes later does not go ahead of this one.
    const end = Math.max(at, window.begin) + stepMs;
    if (end < lastsMs) taken.push(end - user.at);
    user.steps += 1;
    user.at = end + (user.steps % stepsASession === 0 ? restMs : 0);
  }
}
