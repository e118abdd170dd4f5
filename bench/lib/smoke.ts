import { check } from './check.ts';
import { type Calls, CALLS } from './calls.ts';
import type { Options } from './options.ts';
import { type RunningSubject, startSubject } from './process.ts';
import type { Scenario } from './scenarios.ts';
import type { Subject } from './subject.ts';
import type { Upstream } from './upstream.ts';

/** Checks every scenario of every subject: the right answer, from exactly the known number of calls. */
export async function smoke(
  { scenarios, subjects, cores }: Options,
  upstream: Upstream,
): Promise<boolean> {
  let isGood = true;
  for (const subject of subjects) {
    const own = scenarios.filter((scenario) => subject.translate?.(scenario) !== null);
    const results: string[] = [];
    // One process for each world, since the upstream's address names the world.
    for (const [world, some] of Map.groupBy(own, ({ world }) => world)) {
      const at = { upstreamUrl: upstream.urlOf(world), latencyMs: 0 };
      const running = await startSubject(subject, at, cores.gateway);
      for (const scenario of some) {
        const fault = await faultOf(subject, scenario, running, upstream);
        if (fault !== undefined) isGood = false;
        results.push(`${scenario.name} ${fault ?? 'ok'}`);
      }
      await running.stop();
    }
    process.stdout.write(`${subject.name}: ${results.join(', ')}\n`);
  }
  return isGood;
}

async function faultOf(
  subject: Subject,
  scenario: Scenario,
  running: RunningSubject,
  upstream: Upstream,
): Promise<string | undefined> {
  upstream.setLatency(scenario.latencyMs);
  try {
    const { calls } = await check(subject, scenario, running, upstream);
    const who = subject.without === undefined ? subject.name : 'ours';
    const right = CALLS[scenario.name]?.[who] ?? CALLS[scenario.name]?.['peers'] ?? 0;
    return isRight(calls, right) ? undefined : `MAKES ${calls} CALLS INSTEAD OF ${String(right)}`;
  } catch (error) {
    return `FAILS: ${String(error).slice(0, 2000)}\n`;
  }
}

const isRight = (calls: number, right: Calls): boolean =>
  typeof right === 'number' ? calls === right : calls >= right[0] && calls <= right[1];
