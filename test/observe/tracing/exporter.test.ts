import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import {
  type CollectorFailure,
  type SpanExport,
  startExport,
} from '../../../src/observe/tracing/exporter.ts';
import { type Collector, startCollector } from '../../support/collector.ts';
import { REFUSED_URL } from '../../support/fault-server.ts';

const ENDPOINT = 'OTEL_EXPORTER_OTLP_ENDPOINT';
const TIMEOUT = 'OTEL_EXPORTER_OTLP_TIMEOUT';
const CANARY = 'canary-of-the-collector';

let running: SpanExport;
let collector: Collector | undefined;
afterEach(async () => {
  await running.close();
  await collector?.close();
  for (const name of [ENDPOINT, TIMEOUT]) Reflect.deleteProperty(process.env, name);
});

/** Starts the export to this address, which is read from the environment; gives what is told of it. */
function start(url: string, timeoutMs = 60_000): (CollectorFailure | 'well')[] {
  process.env[ENDPOINT] = url;
  process.env[TIMEOUT] = `${timeoutMs}`;
  const told: (CollectorFailure | 'well')[] = [];
  running = startExport((change) => told.push(change), 20);
  return told;
}

/** Sends a span for so long as it takes. */
async function sendUntil(isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    running.tracer.startSpan('a span').end();
    await sleep(10);
  }
}

test('a collector that fails is told of once, and so is that it takes spans again', async () => {
  const to = await startCollector();
  collector = to;
  const told = start(to.url);
  await sendUntil(() => to.spans.length > 0);
  expect(told).toEqual([]);
  Object.assign(to, { status: 500, answer: CANARY });
  const before = to.bodies.length;
  await sendUntil(() => to.bodies.length >= before + 4);
  Object.assign(to, { status: 200, answer: '{}' });
  await sendUntil(() => told.length > 1);
  expect(told).toEqual([{ status: 500, code: undefined }, 'well']);
});

test('one that is not there is told of by Node’s name for that', async () => {
  const told = start(REFUSED_URL);
  await sendUntil(() => told.length > 0);
  await sendUntil(() => told.length > 0);
  expect(told).toEqual([{ status: undefined, code: 'ECONNREFUSED' }]);
});
