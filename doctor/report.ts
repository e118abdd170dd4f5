import type { Finding } from './examine.ts';
import type { KnownTraits } from '../src/cotalker/traits/index.ts';
import type { Verdict } from './check.ts';

/** How a text is marked; on what is no terminal, not at all. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'red' | 'yellow', text: string) => string;

export interface Style {
  readonly paint: Paint;
  /** In characters. */
  readonly width: number;
}

const WORDS: Readonly<Record<Verdict, string>> = {
  held: 'held',
  broken: 'broken',
  unclear: 'could not tell',
};
const COLOURS = { held: 'green', broken: 'red', unclear: 'yellow' } as const;
const MARGIN = 16;

export const heading = (url: string, { paint }: Style): string =>
  `${paint('bold', 'What the gateway relies on')}, at ${url}\n`;

export const areaHeading = (area: string, { paint }: Style): string =>
  `\n${paint('bold', area.toUpperCase())}\n`;

/** The verdict beside the assumption, and below it what was seen and what it means. */
export function row({ verdict, title, seen, consequence }: Finding, style: Style): string {
  const { paint, width } = style;
  const colour = COLOURS[verdict];
  const [first = '', ...rest] = wrap(title, width - MARGIN);
  const told = [...wrap(seen, width - MARGIN), ...wrap(`→ ${consequence}`, width - MARGIN)];
  const below = told.map((line) => (verdict === 'held' ? paint('dim', line) : line));
  const lines = [
    paint(colour, WORDS[verdict].padEnd(MARGIN)) + paintTitle(first),
    ...[...rest.map(paintTitle), ...below].map((line) => ' '.repeat(MARGIN) + line),
  ];
  return `${lines.join('\n')}\n`;

  function paintTitle(line: string): string {
    return verdict === 'broken' ? paint('bold', line) : line;
  }
}

/** Which readings hold, as a gateway would learn them by itself, in a line each. */
export function learnt(
  { counts = {}, pages = {}, batches = {}, states }: KnownTraits,
  style: Style,
): string {
  const lines = [
    ...Object.entries(counts).map(([list, meaning]) => [`count of ${list}`, meaning]),
    ...Object.entries(pages).map(([list, most]) => [`longest page of ${list}`, String(most)]),
    ...Object.entries(batches).map(([list, { way }]) => [`ids of ${list}`, way]),
    ...(states === undefined ? [] : [['states of smstate/all', states]]),
  ];
  if (lines.length === 0) return '';
  const rows = lines.map(([fact = '', reading]) => `${fact.padEnd(FACT_WIDTH)}${reading}\n`);
  return areaHeading('Learnt', style) + rows.join('');
}

const FACT_WIDTH = 28;

export interface Tally extends Readonly<Record<Verdict, number>> {
  readonly calls: number;
  readonly ms: number;
}

/** How it came out, and again what is broken, which may have scrolled away. */
export function summary(
  findings: readonly Finding[],
  { calls, ms, ...tally }: Tally,
  { paint }: Style,
): string {
  const counts = (['held', 'broken', 'unclear'] as const).map((verdict) => {
    const text = `${tally[verdict]} ${WORDS[verdict]}`;
    return tally[verdict] === 0 ? text : paint(COLOURS[verdict], text);
  });
  const brokenOnes = findings.filter(({ verdict }) => verdict === 'broken');
  const lines = [
    `${counts.join(', ')}; ${calls} calls in ${(ms / 1000).toFixed(1)} s.`,
    ...brokenOnes.map(({ title }) => `${paint('red', 'broken')}  ${title}`),
  ];
  return `\n${lines.join('\n')}\n`;
}

/** Breaks a text between words. The texts are our own: no character of theirs is wider than another. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
