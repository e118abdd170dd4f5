import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { dashboard, expressions, panels } from '../support/dashboard.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { readSamples } from '../support/metrics.ts';

const OURS = 'cotalker_gateway_';
/** What Prometheus adds to each sample that it reads. */
const ADDED = ['job', 'instance'];

let sandbox: Sandbox;
let gateway: TestGateway;
/** The labels of each metric that is served. */
let served: Map<string, Set<string>>;
beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGateway(sandbox.url, { isMetered: true });
  await gateway.ask('{ mainMenu { __typename } }');
  // Node has some to tell once garbage has been collected.
  const garbage = (): number => Array.from({ length: 200_000 }, (_, n) => ({ n })).length;
  served = new Map();
  while (!served.has('nodejs_gc_duration_seconds_sum')) {
    garbage();
    await new Promise((resolve) => setTimeout(resolve, 5));
    served = new Map(
      readSamples(await gateway.metrics()).map(({ name, labels }) => [
        name,
        new Set([...ADDED, ...Object.keys(labels)]),
      ]),
    );
  }
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

const metricsIn = (text: string): string[] => text.match(/\w+(?=\{)/g) ?? [];
const labelsIn = (text: string): string[] => [
  ...[...text.matchAll(/\bby \(([^)]*)\)/g)].flatMap(([, list = '']) => list.split(/, */)),
  ...[...text.matchAll(/(\w+)=~?"/g)].map(([, label = '']) => label),
];

test.each(expressions)('$title: $expr', ({ expr, legendFormat }) => {
  const metrics = metricsIn(expr);
  expect(metrics.length).toBeGreaterThan(0);
  for (const metric of metrics) expect([...served.keys()]).toContain(metric);
  const known = new Set(metrics.flatMap((metric) => [...(served.get(metric) ?? [])]));
  const shown = [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
  for (const label of [...labelsIn(expr), ...shown]) expect([...known]).toContain(label);
});

test('each instance that is chosen is asked for, and no other', () => {
  for (const { expr } of expressions) {
    const selectors = expr.match(/\{[^}]*\}/g) ?? [];
    expect(selectors.length).toBe(metricsIn(expr).length);
    for (const selector of selectors)
      expect(selector).toMatch(/^\{job=~"\$job", instance=~"\$instance"/);
  }
});

test('the choices are made of a metric that is served', () => {
  const queries = dashboard.templating.list.map(({ name, query }) => [name, JSON.stringify(query)]);
  expect(queries.map(([name]) => name)).toEqual(['datasource', 'job', 'instance']);
  for (const [, query = ''] of queries.slice(1))
    expect([...served.keys()]).toContain(/label_values\((\w+)/.exec(query)?.[1]);
});

test('all that the gateway counts is shown', () => {
  const stem = (name: string): string => name.replace(/_(bucket|sum|count)$/, '');
  const shown = new Set(expressions.flatMap(({ expr }) => metricsIn(expr)).map(stem));
  const own = new Set([...served.keys()].filter((name) => name.startsWith(OURS)).map(stem));
  expect([...own].filter((name) => !shown.has(name))).toEqual([]);
});

describe('the panels', () => {
  test('say what they show', () => {
    for (const { description } of panels) expect(description).toMatch(/\.$/);
  });

  test('do not lie over one another', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)} ${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });
});
