import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { type Collector, type ReceivedSpan, startCollector } from '../support/collector.ts';
import { subscribe } from '../support/events.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';

const [SERVER, CLIENT, ERROR] = [2, 3, 2];
const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const CLIENT_HEADERS = { 'graphql-client-name': 'web', 'graphql-client-version': '2.1.0' };
const QUERY = 'query Screen { mainMenu { __typename } }';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

interface Outcome {
  readonly spans: readonly ReceivedSpan[];
  readonly collector: Collector;
  readonly output: string;
  readonly exit: unknown;
}

/** Runs a gateway of its own, and gives what the collector has got once that has ended. */
async function run(
  use: (url: string) => Promise<void>,
  env: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  sandbox.reset();
  const collector = await startCollector();
  const gateway = await startGatewayProcess(sandbox.url, {
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    ...env,
  });
  await use(gateway.url);
  gateway.signal('SIGTERM');
  const exit = await gateway.ended;
  await collector.close();
  return { spans: collector.spans, collector, output: gateway.output(), exit };
}

async function ask(url: string, query = QUERY, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', authorization: 'Bearer sandbox-user' },
      ...headers,
    },
    body: JSON.stringify({ query }),
  });
  await response.text();
}

const traceparents = () => sandbox.calls.map(({ headers }) => String(headers['traceparent']));

describe.each([
  ['plain', {}],
  ['explained', { 'x-explain': 'true' }],
])('%s', (_, headers) => {
  test('a span for the request below the caller’s, and one for each GET below that', async () => {
    const traceparent = `00-${TRACE}-${PARENT}-01`;
    const { spans, output, exit } = await run((url) =>
      ask(url, QUERY, { ...headers, ...CLIENT_HEADERS, traceparent }),
    );
    const [request, ...others] = spans.filter(({ kind }) => kind === SERVER);
    const calls = spans.filter(({ kind }) => kind === CLIENT);
    expect([exit, others]).toEqual([0, []]);
    expect(request).toMatchObject({
      ...{ traceId: TRACE, parentSpanId: PARENT, name: 'query' },
      resource: { 'service.name': 'cotalker-gateway' },
    });
    expect(request?.attributes).toEqual({
      ...{ 'http.request.method': 'POST', 'http.route': '/graphql' },
      ...{ 'http.response.status_code': 200 },
      ...{ 'graphql.operation.type': 'query', 'graphql.operation.name': 'Screen' },
      ...{ 'graphql.client.name': 'web', 'graphql.client.version': '2.1.0' },
    });
    // The first look-up of a process finds out what a list's count says.
    expect(calls.map(({ name }) => name)).toEqual([
      ...['GET /v2/groups', 'GET /v2/groups', 'GET /v2/task-groups', 'GET /v2/task-groups'],
    ]);
    for (const call of calls) {
      expect(call).toMatchObject({ traceId: TRACE, parentSpanId: request?.spanId });
      expect(call.attributes).toEqual({
        ...{ 'http.request.method': 'GET', 'http.response.status_code': 200 },
        'url.template': call.name.slice(4),
      });
      expect(call.ms).toBeLessThanOrEqual(request?.ms ?? 0);
    }
    // Cotalker is told of the span of the very call, and the log of the trace.
    expect(traceparents()).toEqual(calls.map(({ spanId }) => `00-${TRACE}-${spanId}-01`));
    expect(output).toContain(`"traceId":"${TRACE}"`);
  });
});

test('of a subscription, which its caller leaves: until it was open, and no error', async () => {
  let leftAt = NaN;
  const { spans } = await run(async (url) => {
    const headers = { traceparent: `00-${TRACE}-${PARENT}-01` };
    const query = 'subscription Follow { groupChanged { cursor } }';
    const events = await subscribe(url, query, { headers });
    await sleep(100);
    leftAt = Date.now();
    events.leave();
  });
  const [opening] = spans.filter(({ kind }) => kind === SERVER);
  expect(opening).toMatchObject({ traceId: TRACE, parentSpanId: PARENT, name: 'subscription' });
  expect(opening?.status).not.toBe(ERROR);
  expect(opening?.attributes).toEqual({
    ...{ 'http.request.method': 'POST', 'http.route': '/graphql' },
    ...{ 'http.response.status_code': 200 },
    ...{ 'graphql.operation.type': 'subscription', 'graphql.operation.name': 'Follow' },
  });
  expect(opening?.endedAt).toBeLessThan(leftAt);
});

test('a trace of its own where the caller is in none; none is sent that the caller does not want', async () => {
  const { spans } = await run(async (url) => {
    await ask(url);
    await ask(url, QUERY, { traceparent: 'nonsense' });
    await ask(url, QUERY, { traceparent: `00-${TRACE}-${PARENT}-00` });
  });
  const requests = spans.filter(({ kind }) => kind === SERVER);
  expect(requests.map(({ parentSpanId }) => parentSpanId)).toEqual([undefined, undefined]);
  expect(new Set(requests.map(({ traceId }) => traceId)).size).toBe(2);
  expect(spans.map(({ traceId }) => traceId)).not.toContain(TRACE);
  // Yet Cotalker stays in the trace.
  expect(traceparents().at(-1)).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-00$`));
});

test('what fails, and what is refused', async () => {
  const { spans } = await run(async (url) => {
    await ask(url, 'query Bad { nope }', { accept: 'application/graphql-response+json' });
    sandbox.fail({ status: 403 });
    await ask(url, 'query Denied { groups { totalCount } }');
    sandbox.reset();
    sandbox.fail({ status: 503 });
    await ask(url, 'query Again { groups { totalCount } }');
    sandbox.reset();
    sandbox.fail({ destroy: true });
    await ask(url, 'query Cut { groups(first: 1) { totalCount } }');
  });
  const told = spans.map(({ name, status, attributes }) => [
    name,
    attributes['graphql.operation.name'],
    attributes['http.response.status_code'],
    attributes['error.type'],
    status === ERROR,
  ]);
  expect(told.slice(0, 3)).toEqual([
    ['query', 'Bad', 400, 'GRAPHQL_VALIDATION_FAILED', false],
    ['GET /v2/groups', undefined, 403, 'FORBIDDEN', true],
    ['query', 'Denied', 200, 'FORBIDDEN', true],
  ]);
  const cut = spans.filter(({ attributes }) => 'cotalker_gateway.cause' in attributes);
  expect(cut.map(({ attributes }) => attributes['cotalker_gateway.cause'])).toContain(
    'UND_ERR_SOCKET',
  );
  expect(told[3]).toEqual(['GET /v2/groups', undefined, 503, 'UPSTREAM_UNAVAILABLE', true]);
});

test('OpenTelemetry’s own variables name the service, and add headers', async () => {
  const { spans, collector } = await run((url) => ask(url), {
    OTEL_SERVICE_NAME: 'front-door',
    OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=abc',
  });
  expect(spans[0]?.resource).toMatchObject({
    ...{ 'service.name': 'front-door', 'deployment.environment.name': 'test' },
  });
  expect(collector.bodies[0]).toContain('"x-key":"abc"');
});

test('a collector that is not there, or does not answer, keeps nobody waiting', async () => {
  const { output, exit } = await run((url) => ask(url), {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
  });
  expect(output).toContain('"status":200');
  expect(exit).toBe(0);
});

test('one for traces alone says where to, too', async () => {
  const collector = await startCollector();
  const { spans } = await run((url) => ask(url), {
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/v1/traces`,
  });
  await collector.close();
  expect(spans).toEqual([]);
  expect(collector.spans.map(({ name }) => name)).toContain('query');
});

test('the log says where a collector does not take spans, and nothing of what it says', async () => {
  const refusing = await startCollector();
  Object.assign(refusing, { status: 500, answer: 'canary-answer' });
  const { output, exit } = await run((url) => ask(url), {
    OTEL_EXPORTER_OTLP_ENDPOINT: refusing.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-key=canary-key',
  });
  await refusing.close();
  expect(refusing.bodies.join()).toContain('canary-key');
  expect(output).toMatch(/"level":40,.*"status":500,.*the collector does not take spans/);
  expect(output).not.toMatch(/canary|v1\/traces/);
  expect(exit).toBe(0);
});

test('without the variable nothing is sent, and what the caller sent goes on as it is', async () => {
  const traceparent = `00-${TRACE}-${PARENT}-01`;
  const { collector } = await run((url) => ask(url, QUERY, { traceparent }), {
    OTEL_EXPORTER_OTLP_ENDPOINT: '',
  });
  expect(collector.bodies).toEqual([]);
  expect(new Set(traceparents())).toEqual(new Set([traceparent]));
});
