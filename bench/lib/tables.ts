import { type Bar, GROWTH } from './bars.ts';
import type { Tokens } from './tokens.ts';
import type { Run } from './measure.ts';
import type { Options } from './options.ts';
import { SCENARIOS } from './scenarios.ts';
import { type Lookup, median, ratio } from './stats.ts';
import { show, table } from './table.ts';

export const barsTable = (bars: readonly Bar[]): string =>
  bars.length === 0
    ? ''
    : table(
        ['bar', 'measured', 'met'],
        bars.map(({ wanted, measured, isMet }) => [wanted, measured, told(isMet)]),
      );

/** Dash: what is beside the bars. */
const told = (isMet: boolean | undefined): string =>
  isMet === undefined ? '–' : isMet ? 'yes' : '**no**';

const rate = ({ rate }: Run): number => rate;

export function ratesTable(find: Lookup, { subjects, scenarios }: Options, tokens: Tokens): string {
  const rows = scenarios.map(({ name }) => [
    name,
    ...subjects.map((subject) => show(find(name, subject.name, tokens)?.median(rate))),
  ]);
  return table(['scenario', ...subjects.map(({ name }) => name)], rows.filter(hasFigure));
}

const hasFigure = ([, ...cells]: readonly string[]): boolean => cells.some((cell) => cell !== '–');

export function detailTable(
  find: Lookup,
  scenario: string,
  { subjects }: Options,
  tokens: Tokens,
): string {
  const ours = find(scenario, 'ours', tokens);
  const rows = subjects.flatMap(({ name, title }) => {
    const cell = find(scenario, name, tokens);
    if (cell === undefined) return [];
    const of = (pick: (run: Run) => number): string => show(cell.median(pick));
    return [
      [
        title,
        of(rate),
        show(ratio(ours, cell, rate)),
        of(({ p50 }) => p50),
        of(({ p99 }) => p99),
        of(({ cpuMs }) => cpuMs),
        of(({ calls }) => calls),
        of(({ residentMb }) => residentMb),
        percent(cell.median(({ refused }) => refused)),
        percent(cell.median(({ subjectShare }) => subjectShare)),
        percent(cell.median(({ loadShare }) => loadShare)),
      ],
    ];
  });
  const head = ['subject', 'requests/s', 'ours is x', 'p50 ms', 'p99 ms', 'CPU ms/request'];
  const tail = ['calls/request', 'RSS MB', 'turned away', 'its core busy', "the load's core busy"];
  return table([...head, ...tail], rows);
}

/** CPU time of a request without a mechanism, by that of one with it. */
export function mechanismsTable(find: Lookup, { subjects, scenarios, tokens }: Options): string {
  const columns = tokens.flatMap((of) => scenarios.map(({ name }) => ({ name, of })));
  const shown = columns.filter(({ name, of }) => find(name, 'ours', of) !== undefined);
  const rows = subjects.flatMap(({ name: subject, without }) => {
    if (without === undefined) return [];
    const worth = ({ name, of }: (typeof columns)[number]) =>
      ratio(find(name, subject, of), find(name, 'ours', of), ({ cpuMs }) => cpuMs);
    return [[without, ...shown.map((column) => show(worth(column)))]];
  });
  return table(['without', ...shown.map(({ name, of }) => `${name}, ${of}`)], rows);
}

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

export const costTable = (find: Lookup, { subjects }: Options): string =>
  table(
    ['subject', 'of 10', 'of 100', 'of 1,000'],
    subjects
      .map(({ name, title }) => [
        title,
        ...GROWTH.map(({ scenario, groups }) =>
          show(find(scenario, name)?.median(({ cpuMs }) => (cpuMs / groups) * 1000)),
        ),
      ])
      .filter(hasFigure),
  );

export function farTable(find: Lookup, { subjects }: Options): string {
  const rows = SCENARIOS.filter(({ latencyMs }) => latencyMs > 0).map(({ name, title }) => [
    title,
    ...subjects.map((subject) => show(find(name, subject.name)?.median(rate))),
  ]);
  return table(['scenario', ...subjects.map(({ name }) => name)], rows.filter(hasFigure));
}

export const startTable = (runs: readonly Run[], { subjects }: Options): string =>
  table(
    ['subject', 'cold start ms', 'most memory of all scenarios MB'],
    subjects.flatMap(({ name, title }) => {
      const own = runs.filter(({ subject, scenario }) => subject === name && scenario !== 'soak');
      if (own.length === 0) return [];
      const most = Math.max(...own.map(({ residentMb }) => residentMb));
      return [[title, show(median(own.map(({ coldStartMs }) => coldStartMs))), show(most)]];
    }),
  );

export function soakLine(runs: readonly Run[]): string {
  const soak = runs.find(({ scenario }) => scenario === 'soak');
  if (soak === undefined) return '';
  const told = soak.memory.map((mb) => mb.toFixed(0)).join(', ');
  return `The gateway's memory over one long run of \`groups\`, in MB: ${told}.`;
}
