import { parseArgs } from 'node:util';
import type { Tokens } from './tokens.ts';
import { BAR_SCENARIOS, OF_MECHANISMS, type Scenario, SCENARIOS } from './scenarios.ts';
import type { Subject } from './subject.ts';
import { asBuilt, oursWithout, SUBJECTS } from './subjects.ts';
import { MECHANISMS } from './without.ts';

export interface Options {
  readonly scenarios: readonly Scenario[];
  readonly subjects: readonly Subject[];
  readonly tokens: readonly Tokens[];
  readonly repetitions: number;
  readonly warmUpMs: number;
  readonly windowMs: number;
  readonly soakMs: number;
  /** The gateway's core, and the one of the stub and the load generator. */
  readonly cores: { readonly gateway: number; readonly load: number };
  readonly isSmoke: boolean;
  readonly isProfile: boolean;
  /** Whether the gateway is the bundle, which is made anew. */
  readonly isBuilt: boolean;
  /** Whether disturbed runs count: for a look while others use the machine, never for results. */
  readonly keepsDisturbed: boolean;
  /** Whether all was measured, or all that has a bar, so that the results may be written. */
  readonly isComplete: boolean;
}

export const USAGE = `npm run bench -- [scenario or subject ...] [options]

  scenarios  ${SCENARIOS.map(({ name }) => name).join(' ')}
             or what they start with: groups channels growth
  subjects   ${SUBJECTS.map(({ name }) => name).join(' ')}

  --bars              only what the bars of the newest issue take, 15 minutes; writes RESULTS.md as well
  --smoke             right answers and upstream calls of each, in about a minute; measures nothing
  --profile           where the CPU time goes, instead of how much it is
  --built             the gateway as its bundle, which the image has, in place of its source
  --reps 3            repetitions
  --warmup 3          seconds of load before each measurement
  --window 3          seconds of each measurement
  --soak 60           seconds of the memory measurement; 0: none
  --tokens own,one,apart,fresh,new   with --without: own,fresh
  --without NAME,...  beside the subjects, the gateway without one of its mechanisms each; all: each of them.
                      Unless others are named: beside ours, in ${OF_MECHANISMS.join(', ')}
                      ${Object.keys(MECHANISMS).join(' ')}
  --cores 1,0         the gateway's core, and that of the stub and the load generator
  --keep-disturbed    count runs that another process disturbed: only for a first look
`;

export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      bars: { type: 'boolean', default: false },
      smoke: { type: 'boolean', default: false },
      profile: { type: 'boolean', default: false },
      built: { type: 'boolean', default: false },
      reps: { type: 'string', default: '3' },
      warmup: { type: 'string', default: '3' },
      window: { type: 'string', default: '3' },
      soak: { type: 'string', default: '60' },
      tokens: { type: 'string' },
      without: { type: 'string', default: '' },
      cores: { type: 'string', default: '1,0' },
      'keep-disturbed': { type: 'boolean', default: false },
    },
  });
  if (values.bars) positionals.push(...BAR_SCENARIOS, ...BAR_SUBJECTS);
  const scenarios = SCENARIOS.filter(({ name }) => positionals.some((word) => matches(name, word)));
  const subjects = SUBJECTS.filter(({ name }) => positionals.includes(name));
  const strange = positionals.find(
    (word) =>
      !SUBJECTS.some(({ name }) => name === word) &&
      !SCENARIOS.some(({ name }) => matches(name, word)),
  );
  if (strange !== undefined) throw new Error(`"${strange}" is neither a scenario nor a subject.`);
  const reduced = mechanismsOf(values.without).map(oursWithout);
  const usual = reduced.length > 0 ? OF_MECHANISM_RUNS : OF_ALL_RUNS;
  const chosen = subjects.length > 0 ? subjects : usual.subjects;
  if (values.built && reduced.length > 0)
    throw new Error('--without changes the source, which --built does not run.');
  const [gateway = 1, load = 0] = values.cores.split(',').map(Number);
  return {
    scenarios: scenarios.length > 0 ? scenarios : usual.scenarios,
    subjects: values.built ? chosen.map(bundled) : [...chosen, ...reduced],
    tokens: (values.bars ? 'own,fresh,new' : (values.tokens ?? usual.tokens)).split(
      ',',
    ) as Tokens[],
    repetitions: Number(values.reps),
    warmUpMs: Number(values.warmup) * 1000,
    windowMs: Number(values.window) * 1000,
    soakMs: values.bars || reduced.length > 0 ? 0 : Number(values.soak) * 1000,
    cores: { gateway, load },
    isSmoke: values.smoke,
    isProfile: values.profile,
    isBuilt: values.built,
    keepsDisturbed: values['keep-disturbed'],
    isComplete:
      (values.bars || positionals.length === 0) &&
      reduced.length === 0 &&
      !values.built &&
      !values['keep-disturbed'],
  };
}

const bundled = (subject: Subject): Subject =>
  subject.name === 'ours' ? asBuilt(subject) : subject;

/** What is measured where nothing else is named. */
const OF_ALL_RUNS = { scenarios: SCENARIOS, subjects: SUBJECTS, tokens: 'own,one,apart,fresh,new' };
const OF_MECHANISM_RUNS = {
  scenarios: SCENARIOS.filter(({ name }) => OF_MECHANISMS.includes(name)),
  subjects: SUBJECTS.filter(({ name }) => name === 'ours'),
  tokens: 'own,fresh',
};

const mechanismsOf = (words: string): readonly string[] =>
  words === 'all' ? Object.keys(MECHANISMS) : words.split(',').filter((name) => name !== '');

/** Who has to do with the bars. */
const BAR_SUBJECTS = ['ours', 'mercurius', 'stock'];

const matches = (name: string, word: string): boolean =>
  name === word || name.startsWith(`${word}-`);
