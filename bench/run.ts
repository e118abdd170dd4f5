import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tokens } from './lib/tokens.ts';
import { measure, type Run } from './lib/measure.ts';
import { type Options, readOptions, USAGE } from './lib/options.ts';
import { BENCH, WORK } from './lib/paths.ts';
import { chart } from './lib/chart.ts';
import { createLookup } from './lib/stats.ts';
import { profile } from './lib/profile.ts';
import { report } from './lib/report.ts';
import { FRESH, type Scenario } from './lib/scenarios.ts';
import { build, setUp } from './lib/setup.ts';
import { measureStarts, runStart } from './start/index.ts';
import { runQuota } from './quota/index.ts';
import { runSteady } from './steady/index.ts';
import { smoke } from './lib/smoke.ts';
import type { Subject } from './lib/subject.ts';
import { startUpstream, type Upstream } from './lib/upstream.ts';

interface Planned {
  readonly scenario: Scenario;
  readonly tokens: Tokens;
  readonly subject: Subject;
  readonly options: Options;
}

/** Which subject is measured in which scenario with which tokens; `repetition` turns the order around. */
function plan(options: Options, repetition: number): Planned[] {
  const { scenarios, subjects, tokens } = options;
  const turned = repetition % 2 === 0 ? subjects : subjects.toReversed();
  return scenarios.flatMap((scenario) =>
    tokens.flatMap((tokens) =>
      turned
        .filter((subject) => subject.translate?.(scenario) !== null)
        .filter((subject) => isMeasured(scenario, tokens, subject))
        .map((subject) => ({ scenario, tokens, subject, options })),
    ),
  );
}

/** How long each load of `steady` lasts, and how often it comes. */
const STEADY = { seconds: 2, turns: 2 };
/** Who is beside the gateway where only it and the fastest are compared. */
const FASTEST = ['ours', 'mercurius'];
const SMALL_OR_FAR = /^growth-(?:groups-10|channels-.*)$/;
/** How often each start is measured beside all else. */
const START_ROUNDS = 5;
const GROWING = ['ours', 'stock', 'mercurius', 'raw'];

/**
 * Every subject in every scenario of the table. The growth of those whose rates are far below, and
 * with one token or fresh ones where nothing depends on them, would take another hour.
 */
function isMeasured({ name, isGrowth }: Scenario, tokens: Tokens, subject: Subject): boolean {
  const who = subject.without === undefined ? subject.name : 'ours';
  switch (tokens) {
    case 'own':
      return !isGrowth || GROWING.includes(who);
    case 'one':
      return !isGrowth && name !== 'hello' && FASTEST.includes(who);
    case 'apart':
      return name !== 'hello' && !SMALL_OR_FAR.test(name) && FASTEST.includes(who);
    case 'fresh':
      return FRESH.includes(name) && [...FASTEST, 'stock'].includes(who);
    case 'new':
      return FRESH.includes(name) && FASTEST.includes(who);
  }
}

async function measureAll(options: Options, upstream: Upstream) {
  const runs: Run[] = [];
  let thrownAway = 0;
  const planned = Array.from({ length: options.repetitions }, (_, n) => plan(options, n)).flat();
  planned.push(...(options.soakMs > 0 ? planSoak(options) : []));
  const missing = new Set(planned.map(nameOf));
  for (const [index, one] of planned.entries()) {
    const { scenario, tokens, subject, options: own } = one;
    const { run, discarded } = await measure(subject, scenario, tokens, upstream, own);
    thrownAway += discarded;
    const told = run
      ? `${run.rate.toFixed(0)}/s, p99 ${run.p99.toFixed(1)} ms`
      : 'disturbed every time';
    process.stderr.write(`${index + 1}/${planned.length} ${nameOf(one)}: ${told}\n`);
    if (run) {
      runs.push(run);
      missing.delete(nameOf(one));
    }
    writeFileSync(join(WORK, 'runs.json'), JSON.stringify({ thrownAway, runs }, null, 1));
  }
  return { runs, thrownAway, missing: [...missing] };
}

const nameOf = ({ scenario, subject, tokens }: Planned): string =>
  `${scenario.name} ${subject.name} ${tokens}`;

/** One long run of the gateway, to see whether its memory stays where it is. */
function planSoak(options: Options): Planned[] {
  const subject = options.subjects.find(({ name }) => name === 'ours');
  const scenario = options.scenarios.find(({ name }) => name === 'groups');
  if (subject === undefined || scenario === undefined) return [];
  const soak = { ...scenario, name: 'soak' };
  return [
    { scenario: soak, tokens: 'own', subject, options: { ...options, windowMs: options.soakMs } },
  ];
}

/** Without a stack: what is wrong with the words of the command, and what they may be. */
function optionsOf(words: readonly string[]): Options {
  const isHelp = words.includes('--help');
  try {
    if (!isHelp) return readOptions(words);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n`);
  }
  (isHelp ? process.stdout : process.stderr).write(USAGE);
  process.exit(isHelp ? 0 : 2);
}

const [first, ...words] = process.argv.slice(2);
if (first === 'steady') {
  setUp();
  process.exit((await runSteady(STEADY, words)) ? 0 : 1);
}
if (first === 'start') {
  setUp();
  process.exit((await runStart()) ? 0 : 1);
}
if (first === 'quota') {
  setUp();
  const given = words.map(Number).filter(Number.isInteger);
  const isSmoke = words.includes('--smoke');
  const users = isSmoke ? [10] : [10, 30, 100];
  const lastsMs = isSmoke ? 20_000 : 60_000;
  const names = words.filter((word) => word !== '--smoke' && !given.includes(Number(word)));
  const userCounts = given.length > 0 ? given : users;
  process.exit((await runQuota({ userCounts, lastsMs, isSmoke, names })) ? 0 : 1);
}
const options = optionsOf(process.argv.slice(2));
setUp();
if (options.isBuilt) build();
// The bench itself runs on the load's core, and keeps still while it measures.
spawnSync('taskset', ['-cp', String(options.cores.load), String(process.pid)]);
// So that what runs below goes, too.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const upstream = await startUpstream(options.cores.load);
try {
  if (options.isSmoke) {
    process.exitCode = (await smoke(options, upstream)) ? 0 : 1;
  } else if (options.isProfile) {
    await profile(options, upstream);
  } else {
    const runs = await measureAll(options, upstream);
    const start = options.isComplete ? await measureStarts(START_ROUNDS) : undefined;
    const measured = { ...runs, start };
    const text = report(measured, options);
    process.stdout.write(text);
    // A run of some scenarios or subjects does not touch the results.
    const folder = options.isComplete ? BENCH : WORK;
    writeFileSync(join(folder, 'RESULTS.md'), text);
    const shown = options.scenarios.filter(({ isGrowth }) => !isGrowth);
    writeFileSync(
      join(folder, 'results.svg'),
      chart(createLookup(measured.runs), shown, options.subjects),
    );
  }
} finally {
  await upstream.close();
}
