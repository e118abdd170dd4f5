import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { createSandbox } from '../../sandbox/index.ts';
import { expressions } from '../support/dashboard.ts';
import { startGateway } from '../support/gateway.ts';

/*
 * What Prometheus itself says of the metrics, and of the dashboard's expressions. `promtool` comes with
 * Debian's package `prometheus`.
 */

const promtool = (subcommand: string, more: readonly string[], input = '') => {
  const { error, status, stdout, stderr } = spawnSync(
    'promtool',
    [...subcommand.split(' '), ...more],
    { input },
  );
  if (error) throw error;
  return { status, said: `${stdout.toString()}${stderr.toString()}` };
};

test('the metrics are in its format, and named as it advises', async () => {
  const sandbox = await createSandbox();
  const gateway = await startGateway(sandbox.url, { isMetered: true });
  await gateway.ask('{ mainMenu { __typename } nope: group(id: "x") { __typename } }');
  await gateway.ask('{ nope }');
  const text = await gateway.metrics();
  await gateway.close();
  await sandbox.close();
  expect(text).toContain('cotalker_gateway_upstream_requests_total{');
  expect(promtool('check metrics', [], text)).toEqual({ status: 0, said: '' });
  expect(promtool('check metrics', [], `${text}cotalker_gateway_x{ 1\n`).status).not.toBe(0);
});

const [, OBJECTIVE = ''] =
  /^```promql\n(.*?)^```/ms.exec(readFileSync('docs/operating.md', 'utf8')) ?? [];

/** Runs a test of promtool's own kind. */
function testRules(tests: readonly object[]) {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  try {
    const file = join(folder, 'test.json');
    writeFileSync(file, JSON.stringify({ evaluation_interval: '1h', tests }));
    return promtool('test rules', [file]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('the objective is the part of all requests that failed or were turned away, also of two gateways', () => {
  const name = 'cotalker_gateway_requests';
  const series = (metric: string, labels: string, anHour: number) => ({
    series: `${name}_${metric}{job="g",${labels}}`,
    values: `0+${anHour}x720`,
  });
  const after = (failed: number, value: number) => ({
    interval: '1h',
    input_series: [
      series('total', 'instance="a",kind="query"', 500),
      series('total', 'instance="b",kind="query"', 400),
      series('total', 'instance="b",kind="mutation"', 96),
      series('failed_total', 'instance="a"', failed),
      series('failed_total', 'instance="b"', 0),
      series('turned_away_total', 'instance="a",reason="standing_line"', 2),
      series('turned_away_total', 'instance="a",reason="strangers"', 1),
      series('turned_away_total', 'instance="b",reason="places"', 1),
      // One counts as failed already, and one is a single token's doing.
      series('turned_away_total', 'instance="b",reason="calls"', 50),
      series('turned_away_total', 'instance="b",reason="share"', 5000),
    ],
    promql_expr_test: [
      { expr: OBJECTIVE, eval_time: '720h', exp_samples: [{ labels: '{}', value }] },
    ],
  });
  expect(testRules([after(6, 0.01), after(0, 0.004)])).toMatchObject({ status: 0 });
  expect(testRules([after(6, 0.02)]).status).not.toBe(0);
});

test('the objective has a value from the first request on, though none has failed or was turned away', async () => {
  const sandbox = await createSandbox();
  const gateway = await startGateway(sandbox.url, { isMetered: true });
  await gateway.ask('{ __typename }');
  const text = await gateway.metrics();
  await gateway.close();
  await sandbox.close();
  const counters = new Set(OBJECTIVE.match(/cotalker_gateway_\w+/g));
  expect(counters.size).toBe(3);
  for (const counter of counters)
    expect([counter, text.includes(`\n${counter}{`) || text.includes(`\n${counter} `)]).toEqual([
      counter,
      true,
    ]);
});

test('the expressions of the dashboard and of the objective are ones of its language', () => {
  const folder = mkdtempSync(join(tmpdir(), 'rules-'));
  const check = (exprs: readonly string[]) => {
    const file = join(folder, 'rules.json');
    const rules = exprs.map((expr, n) => ({
      record: `dashboard:expression:${n}`,
      // What Grafana puts in.
      expr: expr.replaceAll('$__rate_interval', '1m').replace(/\$(job|instance)/g, '.*'),
    }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: 'dashboard', rules }] }));
    return promtool('check rules', [file]);
  };
  try {
    const all = [...expressions.map(({ expr }) => expr), OBJECTIVE];
    expect(check(all)).toEqual({ status: 0, said: expect.stringContaining(`${all.length} rules`) });
    expect(check(['sum by (le) (rate(x[1m])']).status).not.toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the alerts fire for what they are for, and for nothing else', () => {
  const { status, said } = promtool('test rules', ['deploy/prometheus/alerts.test.yaml']);
  expect([status, said]).toEqual([0, expect.stringContaining('SUCCESS')]);
  expect(promtool('check rules', ['deploy/prometheus/alerts.yaml']).said).toContain('SUCCESS');

  // Each in a case where it fires, and in one where it does not.
  const { groups } = parse(readFileSync('deploy/prometheus/alerts.yaml', 'utf8'));
  const alerts: string[] = groups.flatMap(({ rules }: any) => rules.map((rule: any) => rule.alert));
  const { tests } = parse(readFileSync('deploy/prometheus/alerts.test.yaml', 'utf8'));
  const cases = tests.flatMap(({ alert_rule_test }: any) => alert_rule_test);
  const named = (isFiring: boolean): Set<string> =>
    new Set(
      cases
        .filter(({ exp_alerts = [] }: any) => exp_alerts.length > 0 === isFiring)
        .map(({ alertname }: any) => alertname),
    );
  expect(alerts.length).toBeGreaterThan(10);
  for (const isFiring of [true, false]) expect(named(isFiring)).toEqual(new Set(alerts));
});
