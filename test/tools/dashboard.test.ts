import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { dashboard, expressions } from '../support/dashboard.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { type Prometheus, startPrometheus } from '../support/prometheus.ts';

/*
 * The dashboard's expressions and the alerts, in a real Prometheus that scrapes a gateway with something to do.
 */

let sandbox: Sandbox;
let gateway: GatewayProcess;
let prometheus: Prometheus;
let load: Promise<void>;
const done = new AbortController();
beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGatewayProcess(sandbox.url);
  prometheus = await startPrometheus(gateway.adminUrl);
  load = keepAsking();
});
afterAll(async () => {
  done.abort();
  await load;
  await prometheus.close();
  await gateway.close();
  await sandbox.close();
});

/** Ten a second: some with errors, some refused. */
async function keepAsking(): Promise<void> {
  const queries = [
    '{ groups(filter: { search: "field" }) { nodes { ... on TaskGroup { tasks { totalCount } } ... on LinkGroup { url } } } }',
    '{ mainMenu { ... on LinkGroup { url } } }',
    '{ nope }',
  ];
  for (let n = 0; !done.signal.aborted; n += 1) {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
      body: JSON.stringify({ query: queries[n % queries.length] }),
    });
    await response.text();
    await sleep(100);
  }
}

/** Asks until there is an answer that will do. */
async function until<T>(ask: () => Promise<T>, will: (value: T) => boolean): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    const value = await ask();
    if (will(value) || tries === 100) return value;
    await sleep(250);
  }
}

describe('the dashboard', () => {
  test.each(expressions)('$title: $expr', async ({ expr, legendFormat }) => {
    // What Grafana puts in, for all jobs and instances.
    const query = expr.replaceAll('$__rate_interval', '3s').replace(/\$(job|instance)/g, '.*');
    const isData = ({ value: [, text] }: Sample): boolean => text !== 'NaN';
    // No call waits here, and a quantile of nothing is NaN: then it is enough that the series is there.
    const isShown = query.includes('quota_wait') ? () => true : isData;
    const samples = await until<Sample[]>(
      async () => (await prometheus.get('query', { query })).result,
      (result) => result.some(isShown),
    );
    expect(samples.filter(isShown)).not.toEqual([]);
    // What tells one line from another is there.
    for (const [, label = ''] of legendFormat.matchAll(/\{\{(\w+)\}\}/g))
      for (const { metric } of samples) expect(Object.keys(metric)).toContain(label);
  });

  test('has something to choose from', async () => {
    for (const { name, query } of dashboard.templating.list.slice(1)) {
      const [, metric = ''] = /label_values\((\w+)/.exec(JSON.stringify(query)) ?? [];
      const values = await prometheus.get(`label/${name}/values`, { 'match[]': metric });
      expect([name, values]).toEqual([name, [expect.any(String)]]);
    }
  });
});

describe('the alerts', () => {
  const rules = async (): Promise<Rule[]> => (await prometheus.get('rules')).groups[0].rules;

  test('are all evaluated, and none fires', async () => {
    // One stall, and an alert is pending for a moment.
    const isWell = ({ health, state }: Rule) => health === 'ok' && state === 'inactive';
    const evaluated = await until(rules, (all) => all.every(isWell));
    expect(evaluated.length).toBeGreaterThan(10);
    for (const { name, health, state } of evaluated)
      expect([name, health, state]).toEqual([name, 'ok', 'inactive']);
  });

  test('tell when Cotalker is away', async () => {
    sandbox.fail({ status: 503 });
    const failing = ({ state, name }: Rule): boolean =>
      state !== 'inactive' && name === 'CotalkerGatewayBreakerOpen';
    const evaluated = await until(rules, (all) => all.some(failing));
    expect(evaluated.filter(failing)).toHaveLength(1);
  });
});

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}
interface Rule {
  readonly name: string;
  readonly health: string;
  readonly state: string;
}
