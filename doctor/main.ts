import { styleText } from 'node:util';
import { loadEnv } from '../src/config/file.ts';
import { createClient } from '../src/cotalker/wire/client.ts';
import { type Arguments, BadArguments, readArguments, USAGE } from './arguments.ts';
import { examine, type Examination, type Finding, NothingToExamine } from './examine.ts';
import { areaHeading, heading, learnt, row, type Style, summary, type Tally } from './report.ts';

/** How wide a line gets, in characters, whatever a terminal says of itself. */
const MIN_WIDTH = 60;
const MAX_WIDTH = 100;

/** Arguments -> examination -> report. Resolves to the exit code. */
async function main({ url, token, admin, json }: Arguments): Promise<number> {
  const { exchange, close } = createClient({ baseUrl: url });
  const start = performance.now();
  const examination = examine({ exchange, url, token, admin });
  const findings: Finding[] = [];
  const tell = json ? () => undefined : teller(url, style());
  try {
    for await (const finding of examination.findings) {
      findings.push(finding);
      tell(finding);
    }
  } finally {
    close();
  }
  const tally: Tally = {
    held: numberOf(findings, 'held'),
    broken: numberOf(findings, 'broken'),
    unclear: numberOf(findings, 'unclear'),
    calls: examination.calls,
    ms: Math.round(performance.now() - start),
  };
  process.stdout.write(
    json
      ? `${JSON.stringify({ url, admin, ...tally, learnt: examination.learnt, findings }, null, 2)}\n`
      : learnt(examination.learnt, style()) + summary(findings, tally, style()),
  );
  if (tally.broken > 0) return 1;
  const lack = lackOf(tally, examination);
  if (lack !== undefined) process.stderr.write(`${lack}\n`);
  return lack === undefined ? 0 : 2;
}

/** Why nothing broken does not mean that all is well; undefined where it does. */
function lackOf({ held }: Tally, { isCutShort }: Examination): string | undefined {
  if (isCutShort)
    return 'Cotalker took no more calls (429), so not all was examined: try again later.';
  return held === 0 ? 'Nothing could be examined; what was seen says why.' : undefined;
}

/** Writes each finding as it comes, below the heading of its area. */
function teller(url: string, style: Style): (finding: Finding) => void {
  let area: string | undefined;
  return (finding) => {
    const isFirst = area === undefined;
    const isNew = finding.area !== area;
    area = finding.area;
    process.stdout.write(
      (isFirst ? heading(url, style) : '') +
        (isNew ? areaHeading(area, style) : '') +
        row(finding, style),
    );
  };
}

const style = (): Style => ({
  // Plain where the output is no terminal, or NO_COLOR asks for that.
  paint: (format, text) => styleText(format, text, { stream: process.stdout }),
  width: Math.max(MIN_WIDTH, Math.min(process.stdout.columns || MAX_WIDTH, MAX_WIDTH)),
});

const numberOf = (findings: readonly Finding[], sought: Finding['verdict']): number =>
  findings.filter(({ verdict }) => verdict === sought).length;

try {
  loadEnv();
  const args = readArguments(process.argv.slice(2));
  if (args === 'help') process.stdout.write(USAGE);
  else process.exitCode = await main(args);
} catch (error) {
  if (!(error instanceof BadArguments || error instanceof NothingToExamine)) throw error;
  const hint = error instanceof BadArguments ? '\nSee npm run doctor -- --help' : '';
  process.stderr.write(`${error.message}${hint}\n`);
  process.exitCode = 2;
}
