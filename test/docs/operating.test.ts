import { readFileSync, globSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { VARIABLES } from '../../src/config/index.ts';
import { AREAS } from '../../doctor/areas.ts';
import { MAX_CALLS } from '../../doctor/ask.ts';
import { ERROR_CODES } from '../../src/errors.ts';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { readSections } from '../support/markdown.ts';
import { readSamples } from '../support/metrics.ts';

const PAGE = readFileSync('docs/operating.md', 'utf8');
/** From a heading of the second level to the next. */
const sectionOf = (title: string): string =>
  new RegExp(`^## ${title}\n(.*?)(?=^## |$(?![^]))`, 'ms').exec(PAGE)?.[1] ?? '';
const OURS = 'cotalker_gateway_';

let sandbox: Sandbox;
let gateway: TestGateway;
/** The names of the metrics, without what a histogram adds. */
let served: Set<string>;
beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGateway(sandbox.url, { isMetered: true });
  await gateway.ask('query Screen { mainMenu { __typename } }', {
    headers: { traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' },
  });
  const types = (await gateway.metrics()).matchAll(/^# TYPE (\w+)/gm);
  served = new Set([...types].map(([, name = '']) => name));
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

describe('what it tells', () => {
  test('a line of the log has what the page shows, and nothing else', () => {
    const shown = readSections('docs/operating.md')
      .flatMap(({ blocks }) => blocks)
      .find(({ text }) => text.includes('"level"'))?.text;
    const line = JSON.parse(shown ?? '{}');
    const logged = gateway.logs.find(({ msg }) => msg === 'operation') ?? {};
    const kinds = (value: object) =>
      Object.entries(value)
        .map(([key, inner]) => [key, typeof inner])
        .sort();
    // Pino's own, in every line of every program.
    const { pid, hostname, ...ours } = logged;
    expect([typeof pid, typeof hostname]).toEqual(['number', 'string']);
    expect(kinds(ours)).toEqual(kinds(line));
    expect(kinds(line.calls)).toEqual(kinds(ours['calls'] as object));
  });

  test('the table names each metric of the gateway, with its labels', async () => {
    const rows = sectionOf('Logs, metrics and traces').match(/^\| `.*$/gm) ?? [];
    const told = rows.flatMap((row) => {
      const [names = '', labels = ''] = row.split('|').slice(1);
      const ticked = (text: string) => [...text.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
      return ticked(names)
        .filter((name) => !name.endsWith('_'))
        .map((name) => [`${OURS}${name}`, ...ticked(labels).sort()].join(' '));
    });
    const labels = new Map([...served].map((name) => [name, new Set<string>()]));
    for (const sample of readSamples(await gateway.metrics()))
      for (const label of Object.keys(sample.labels))
        if (label !== 'le') labels.get(sample.name.replace(/_(bucket|sum|count)$/, ''))?.add(label);
    const own = [...labels]
      .filter(([name]) => name.startsWith(OURS))
      .map(([name, of]) => [name, ...[...of].sort()].join(' '));
    expect(told.sort()).toEqual(own.sort());
  });
});

const blockOf = (language: string): string =>
  readSections('docs/operating.md')
    .flatMap(({ blocks }) => blocks)
    .find((block) => block.language === language)?.text ?? '';

test('the query of the objective asks for counters that there are', () => {
  const named = blockOf('promql').match(/\w+(?=(?:\{[^}]*\})?\[)/g) ?? [];
  expect(named).toHaveLength(4);
  expect(named.filter((name) => !served.has(name))).toEqual([]);
});

test('each server behind nginx has max_fails=0', () => {
  const servers = blockOf('nginx').match(/^ *server \d.*$/gm) ?? [];
  expect(servers.length).toBeGreaterThan(1);
  for (const server of servers) expect(server).toMatch(/ max_fails=0;$/);
});

describe('the runbook', () => {
  const runbook = sectionOf('Runbook');
  const entries = runbook.split(/^### /m).slice(1);
  const source = globSync('src/**/*.ts')
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');

  test('says of each symptom what is seen, what it means and what to do', () => {
    expect(entries.length).toBeGreaterThan(9);
    for (const entry of entries)
      expect(entry.match(/^- \*\*(\w+)\*\*:/gm)).toEqual(
        ['Seen', 'Means', 'Do'].map((what) => `- **${what}**:`),
      );
  });

  test('names metrics, codes and variables that there are', () => {
    const ticked = [...runbook.matchAll(/`(\w+)`/g)].map(([, name = '']) => name);
    const metrics = ticked.filter((name) => /^(cotalker_gateway|nodejs|process)_/.test(name));
    expect(metrics.length).toBeGreaterThan(10);
    // Served once garbage has been collected.
    const known = new Set([...served, 'nodejs_gc_duration_seconds']);
    expect(metrics.filter((name) => !known.has(name))).toEqual([]);
    const capitals = ticked.filter((name) => /^[A-Z]+(_[A-Z]+)*$/.test(name));
    expect(capitals.length).toBeGreaterThan(10);
    const isKnown = (name: string) => ERROR_CODES.has(name) || Object.hasOwn(VARIABLES, name);
    expect(capitals.filter((name) => !isKnown(name))).toEqual([]);
  });

  test('quotes what the gateway says, word by word', () => {
    const prose = runbook.replace(/`[^`]*`/g, '').replace(/\s+/g, ' ');
    const quotes = [...prose.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text);
    const words = quotes.filter((text) => text !== 'Readiness');
    expect(words.length).toBeGreaterThan(6);
    expect(words.filter((text) => !source.includes(text))).toEqual([]);
  });

  test('has the place that each alert names', () => {
    const { groups } = parse(readFileSync('deploy/prometheus/alerts.yaml', 'utf8'));
    const named = groups.flatMap(({ rules }: any) =>
      rules.map(({ annotations }: any) => annotations.runbook),
    );
    const places = entries.map(
      (entry) =>
        `docs/operating.md#${(entry.split('\n')[0] ?? '').toLowerCase().replaceAll(' ', '-')}`,
    );
    expect(named.length).toBeGreaterThan(10);
    expect(named.filter((place: string) => !places.includes(place))).toEqual([]);
  });
});

test('the doctor looks at as much as the page says, in as many calls', () => {
  const checks = AREAS.flatMap(([, checks]) => checks);
  expect(PAGE).toContain(`${checks.length} assumptions`);
  expect(PAGE).toContain(`${MAX_CALLS} calls at the most`);
});
