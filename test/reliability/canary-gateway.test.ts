import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type AdminListener, createAdminListener } from '../../src/http/admin.ts';
import { createListener, type Listener } from '../../src/http/server.ts';
import { createMetrics } from '../../src/observe/metrics/index.ts';
import { createGateway } from '../../src/gateway.ts';
import {
  CANARY,
  expectSilence,
  LISTING,
  metricsOf,
  post,
  SECRETS,
  send,
} from '../support/canary.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';

/*
 * Nothing leaks. A canary is planted in every place from which a secret can come, here in the environment, and in
 * errors that nobody expected. Then it may be in no answer (with headers), no metric, and in no output of the
 * process at the most verbose log level. Nor may they hold a token, the upstream's address, a stack trace or a path
 * of this machine.
 */

test('values of the environment that are wrong', async () => {
  const env = {
    ...{ PORT: CANARY, HOST: '', LOG_LEVEL: CANARY, REQUEST_DEADLINE_MS: CANARY },
    ...{ CORS_ORIGINS: `https://${CANARY}/x`, MAX_INFLIGHT: CANARY, GRAPHIQL: CANARY },
  };
  const url = `https://${CANARY}:${CANARY}@${CANARY}.example/?${CANARY}#${CANARY}`;
  const start = startGatewayProcess(url, env);
  await expect(start).rejects.toThrow('COTALKER_API_URL');
  await start.catch((error: unknown) => expectSilence(String(error), 'the configuration'));
});

describe('a defect of the gateway', () => {
  const lines: string[] = [];
  let thrown: unknown;
  let listener: Listener;
  let url: string;
  let admin: AdminListener;
  let adminUrl: string;
  beforeAll(async () => {
    const metrics = createMetrics(() => listener.load, undefined, 0);
    const gateway = createGateway({
      upstream: {
        exchange: async () => {
          throw thrown;
        },
        limits: { callsPerRequest: 9, perOwner: 9, total: 9 },
      },
      observers: {
        logger: pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) }),
        metrics,
      },
      engine: { introspection: true, maxQueryCost: 1000 },
      door: {
        ...{ explain: true, introspection: true, graphiql: false },
        ...{ isReady: () => true, isShedding: () => false },
      },
      ...{ mutations: true, requestDeadlineMs: 1000 },
      ...{ live: { pollMs: 5000, maxSubscriptions: 9 }, ending: new AbortController().signal },
    });
    listener = createListener(gateway, {
      ...{ maxInFlight: 9, requestDeadlineMs: 10_000, corsOrigins: [] },
    });
    url = await listener.listen({ host: '127.0.0.1', port: 0 });
    admin = createAdminListener({ handle: gateway, metrics });
    adminUrl = await admin.listen({ host: '127.0.0.1', port: 0 });
  });
  afterAll(async () => {
    admin.close();
    await listener.stop({ delayMs: 0, timeoutMs: 0 });
  });

  test.each<[string, unknown]>([
    ['an error', new Error(CANARY)],
    ['one with a stack in its message', new TypeError(`x\n    at ${CANARY} (${CANARY})`)],
    ['one whose message was changed', Object.assign(new Error(CANARY), { message: 'x' })],
    [
      'one with a cause and more',
      Object.assign(new Error('x', { cause: CANARY }), { options: CANARY }),
    ],
    ['a text', CANARY],
    ['an object', { message: CANARY, stack: CANARY }],
    ['nothing', undefined],
  ])('%s that nobody expected', async (_, error) => {
    thrown = error;
    lines.length = 0;
    const answer = await send(post(LISTING), { url });
    expect(answer).toContain('INTERNAL_SERVER_ERROR');
    expectSilence(answer, 'the answer');
    expectSilence(await metricsOf({ adminUrl }), 'the metrics');
    // The log says where it is, for those who mend it, and nothing of what was being read.
    const log = lines.join('');
    expect(log).toContain('"defect"');
    for (const secret of SECRETS) expect(log).not.toContain(secret);
    if (error instanceof Error && error.message === CANARY)
      expect(log).toContain('canary-gateway.test.ts');
  });
});
