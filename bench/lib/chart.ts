import type { Lookup } from './stats.ts';
import type { Subject } from './subject.ts';

const WIDTH = 860;
const BAR = 16;
const LABEL = 250;
const COLORS: Readonly<Record<string, string>> = { ours: '#0b6e4f', raw: '#b8b8b8' };

/** Requests per second as horizontal bars, one block for each scenario, scaled by its largest. */
export function chart(
  find: Lookup,
  scenarios: readonly { readonly name: string; readonly title: string }[],
  subjects: readonly Subject[],
): string {
  const parts: string[] = [];
  let y = 8;
  const text = (x: number, content: string, style: string): void =>
    void parts.push(`<text x="${x}" y="${y}" ${style}>${escape(content)}</text>`);
  for (const { name, title } of scenarios) {
    const rows = subjects.flatMap((subject) => {
      const rate = find(name, subject.name)?.median(({ rate }) => rate);
      return rate === undefined ? [] : { subject, rate };
    });
    if (rows.length === 0) continue;
    const most = Math.max(...rows.map(({ rate }) => rate));
    y += 18;
    text(8, `${name}: ${title}`, 'font-weight="600"');
    y += 8;
    for (const { subject, rate } of rows) {
      const width = Math.max(1, ((WIDTH - LABEL - 90) * rate) / most);
      const color = COLORS[subject.name] ?? '#7a9cc6';
      parts.push(
        `<rect x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="${BAR - 3}" fill="${color}"/>`,
      );
      y += BAR - 5;
      text(LABEL - 8, subject.title, 'text-anchor="end"');
      text(LABEL + width + 6, Math.round(rate).toLocaleString('en'), '');
      y += 5;
    }
  }
  const style = 'font-family="system-ui, sans-serif" font-size="11" fill="#222"';
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y + 12}" ${style}>` +
    `<rect width="100%" height="100%" fill="#fff"/>${parts.join('\n')}</svg>\n`
  );
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
