import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import {
  CANARY,
  expectSilence,
  get,
  LISTING,
  logsOf,
  metricsOf,
  post,
  postBody,
  send,
} from '../support/canary.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw } from '../support/raw.ts';

/*
 * Nothing leaks. A canary is planted in every place from which a secret can come, here in all that a caller sends.
 * Then it may be in no answer (with headers), metric or span, and in no output of the process at the most verbose
 * log level. Nor may they hold a token, the upstream's address, a stack trace or a path of this machine.
 */

let sandbox: Sandbox;
let gateway: GatewayProcess;
let collector: Collector;
beforeAll(async () => {
  sandbox = await createSandbox();
  collector = await startCollector();
  gateway = await startGatewayProcess(sandbox.url, {
    ...{ LOG_LEVEL: 'trace', INTROSPECTION: 'off', CORS_ORIGINS: 'https://app.example' },
    ...{ SECRET: CANARY, AUTHORIZATION: CANARY, COTALKER_TOKEN: CANARY, HTTP_PROXY: CANARY },
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
});
afterAll(async () => {
  const metrics = await metricsOf(gateway);
  // It sends the last of its spans as it ends.
  gateway.signal('SIGTERM');
  await gateway.ended;
  await collector.close();
  expectSilence(metrics, 'the metrics', [new URL(sandbox.url).host]);
  expectSilence(collector.bodies.join('\n'), 'the spans', [new URL(sandbox.url).host]);
  expect(collector.spans.length).toBeGreaterThan(100);
  expectSilence(logsOf(gateway), 'the output', [new URL(sandbox.url).host]);
  // A line there is one that nobody meant to write.
  expect(gateway.errors()).toBe('');
  // It was not silent since nothing was written.
  expect(logsOf(gateway).match(/"msg":"operation"/g)?.length).toBeGreaterThan(50);
  await sandbox.close();
});

describe('what a caller sends', () => {
  const text = `${CANARY}"'\\<b>`;
  test.each([
    'admin',
    'authorization',
    'cookie',
    'origin',
    'referer',
    'user-agent',
    'accept',
    'accept-language',
    'accept-encoding',
    'content-encoding',
    'content-type',
    'expect',
    'forwarded',
    'host',
    'if-none-match',
    'proxy-authorization',
    'range',
    'te',
    'traceparent',
    'transfer-encoding',
    'upgrade',
    'x-explain',
    'x-forwarded-for',
    'x-forwarded-host',
    'x-http-method-override',
    CANARY,
  ])('in the header %s', async (name) => {
    for (const value of [
      CANARY,
      text,
      `Bearer ${CANARY}`,
      `Basic ${CANARY}`,
      `${CANARY}.example`,
    ]) {
      for (const bytes of [
        post(LISTING, { [name]: value }),
        get(`/graphql?query=${encodeURIComponent(LISTING)}`, { [name]: value }),
        get('/ready', { [name]: value }),
      ]) {
        expectSilence(await send(bytes, gateway), `${name}: ${value}`);
      }
    }
  });

  const requests = [
    get(`/${CANARY}`),
    get(`/graphql/${CANARY}`),
    get(`/graphql?${CANARY}`),
    get(`/graphql?query=${CANARY}`),
    get(`/graphql?query=%7B__typename%7D&variables=${CANARY}`),
    get(`/graphql?query=%7B__typename%7D&extensions=${CANARY}`),
    get(`/graphql?query=%7B__typename%7D&operationName=${CANARY}`),
    get(`/health?${CANARY}`),
    get(`http://${CANARY}.example/graphql`),
    get(`//${CANARY}.example/graphql`),
    get(`/%zz${CANARY}`),
    `${CANARY} /graphql HTTP/1.1\r\n\r\n`,
    `GET /graphql ${CANARY}/1.1\r\n\r\n`,
    `GET /graphql HTTP/1.1\r\n${CANARY}\r\n\r\n`,
    `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${CANARY}\0\r\n\r\n`,
    `GET /graphql HTTP/1.1\r\nhost: x\r\nx: ${CANARY.repeat(2500)}\r\n\r\n`,
    `POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-length: ${CANARY}\r\n\r\n`,
    `POST /graphql HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n${CANARY}\r\n`,
    `CONNECT ${CANARY}.example:443 HTTP/1.1\r\nhost: ${CANARY}.example\r\n\r\n`,
  ];
  test.each(requests.map((bytes) => [JSON.stringify(bytes.slice(0, 70)), bytes]))(
    'on the wire: %s',
    async (_, bytes) => {
      expectSilence(await send(bytes, gateway), bytes);
    },
  );

  test.each([
    CANARY,
    `{"query":"${CANARY}`,
    `{"query":"${CANARY}"}`,
    `{"query":{"${CANARY}":1}}`,
    `{"query":"{ ${CANARY} }"}`,
    `{"query":"{ __typename } # ${CANARY}"}`,
    `{"query":"{ __typename }","operationName":"${CANARY}"}`,
    `{"query":"{ __typename }","${CANARY}":"${CANARY}"}`,
    `{"query":"query($a: Int = 1) { groups(first: $a) { totalCount } }","variables":{"a":"${CANARY}"}}`,
    `{"query":"query($a: Int) { groups(first: $a) { totalCount } }","variables":{"${CANARY}":1}}`,
    `{"query":"query($f: GroupFilter) { groups(filter: $f) { totalCount } }","variables":{"f":{"search":"${CANARY}"}}}`,
    `{"query":"query($f: GroupFilter) { groups(filter: $f) { totalCount } }","variables":{"f":{"${CANARY}":1}}}`,
    `{"query":"query($f: GroupFilter) { groups(filter: $f) { totalCount } }","variables":{"f":{"modifiedSince":"${CANARY}"}}}`,
    `{"query":"{ groups(after: \\"${CANARY}\\") { totalCount } }"}`,
    `{"query":"{ group(id: \\"${CANARY}\\") { __typename } }"}`,
    `{"query":"{ groups(first: ${CANARY}) { totalCount } }"}`,
    `{"query":"{ groups(filter: { search: \\"${CANARY}\\" }) { totalCount } }"}`,
    `{"query":"subscription { ${CANARY} }"}`,
    `[{"query":"${CANARY}"}]`,
    `{"documentId":"${CANARY}"}`,
    `{"documentId":["${CANARY}"]}`,
    `{"query":"{ __typename }","documentId":"${CANARY}"}`,
    `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${CANARY}"}}}`,
    `{"query":"{ ... @defer(label: \\"${CANARY}\\") { ${CANARY} } }"}`,
    `{"query":"{ ... @defer(if: \\"${CANARY}\\") { __typename } }"}`,
    `{"query":"subscription { groupChanged(after: \\"${CANARY}\\") { cursor } }"}`,
  ])('in the body: %s', async (body) => {
    for (const accept of ['*/*', 'multipart/mixed', 'text/event-stream'])
      expectSilence(await send(postBody(body, { accept }), gateway), body);
  });

  test('in a body that does not come to its end', async () => {
    const connection = await openRaw(gateway.url);
    connection.write(postBody(`{"query":"${CANARY}`, { 'content-length': '500' }));
    connection.socket.end();
    await connection.closed;
    expectSilence(connection.received, 'a body cut off');
  });
});
