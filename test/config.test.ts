import { describe, expect, test } from '@jest/globals';
import { type Config, ConfigError, readConfig, readToken } from '../src/config.ts';

const DEFAULTS: Config = {
  ...{ host: '127.0.0.1', port: 4000, upstreamUrl: undefined, requestDeadlineMs: 10_000 },
  limits: { callsPerRequest: 250, perOwner: 10, total: 100 },
  ...{ maxResponseBytes: 10_485_760, redisUrl: undefined, cache: undefined },
  live: { pollMs: 5000, maxSubscriptions: 1000 },
  ...{ maxInFlight: 1000, shutdown: { delayMs: 0, timeoutMs: 15_000 } },
  ...{
    metrics: true,
    traces: false,
    explain: true,
    introspection: true,
    trustedDocuments: undefined,
    maxQueryCost: 50_000,
    graphiql: true,
    corsOrigins: [],
    logLevel: 'info',
  },
};
/** What documents alone mean. */
const STRICT = { file: './o.json', mode: 'strict' } as const;
/** In every value that a test below has refused. */
const CANARY = 'canary-3fa9';

function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    for (const problem of error.problems) expect(error.message).toContain(problem);
    const said = `${error.message}${JSON.stringify(error)}${error.stack ?? ''}`;
    expect(said).not.toContain(CANARY);
    return error.problems;
  }
  return [];
}

const VARIABLES = [
  ...['HOST', 'PORT', 'COTALKER_API_URL', 'REQUEST_DEADLINE_MS', 'MAX_UPSTREAM_CALLS'],
  ...[
    'UPSTREAM_CONCURRENCY_PER_REQUEST',
    'UPSTREAM_CONCURRENCY',
    'METRICS',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT',
    'EXPLAIN',
    'GRAPHIQL',
  ],
  ...['INTROSPECTION', 'MAX_QUERY_COST', 'TRUSTED_DOCUMENTS', 'TRUSTED_DOCUMENTS_MODE'],
  ...[
    'MAX_RESPONSE_BYTES',
    'MAX_INFLIGHT',
    'LIVE_POLL_MS',
    'MAX_SUBSCRIPTIONS',
    'SHUTDOWN_DELAY_MS',
    'SHUTDOWN_TIMEOUT_MS',
  ],
  ...['REDIS_URL', 'CACHE_TTL_MS', 'CACHE_SECRET', 'CORS_ORIGINS', 'LOG_LEVEL'],
];

describe('defaults', () => {
  test('where nothing is set, and where unknown variables are', () => {
    expect(readConfig({})).toEqual(DEFAULTS);
    expect(readConfig({ PORTS: '1', port: 'x', UNKNOWN: CANARY })).toEqual(DEFAULTS);
  });

  test.each(VARIABLES)('an empty %s counts as unset', (name) => {
    expect(readConfig({ [name]: '' })).toEqual(DEFAULTS);
  });
});

describe('values taken', () => {
  test.each<[string, string, Partial<Config>]>([
    ['HOST', '0.0.0.0', { host: '0.0.0.0' }],
    ['HOST', '::1', { host: '::1' }],
    ['PORT', '0', { port: 0 }],
    ['PORT', '65535', { port: 65_535 }],
    ['COTALKER_API_URL', 'https://x.test/api', { upstreamUrl: 'https://x.test/api' }],
    ['COTALKER_API_URL', 'http://127.0.0.1:8080', { upstreamUrl: 'http://127.0.0.1:8080' }],
    ['COTALKER_API_URL', 'https://x.test/api///', { upstreamUrl: 'https://x.test/api' }],
    ['COTALKER_API_URL', 'https://x.test/', { upstreamUrl: 'https://x.test' }],
    ['COTALKER_API_URL', ' HTTPS://X.test/api\n', { upstreamUrl: 'https://x.test/api' }],
    ['COTALKER_API_URL', 'https://x.test/api?', { upstreamUrl: 'https://x.test/api' }],
    ['COTALKER_API_URL', 'https://x.test/api/#', { upstreamUrl: 'https://x.test/api' }],
    ['REQUEST_DEADLINE_MS', '1', { requestDeadlineMs: 1 }],
    ['REQUEST_DEADLINE_MS', '600000', { requestDeadlineMs: 600_000 }],
    ['MAX_UPSTREAM_CALLS', '7', { limits: { ...DEFAULTS.limits, callsPerRequest: 7 } }],
    ['UPSTREAM_CONCURRENCY_PER_REQUEST', '7', { limits: { ...DEFAULTS.limits, perOwner: 7 } }],
    ['UPSTREAM_CONCURRENCY', '7', { limits: { ...DEFAULTS.limits, total: 7 } }],
    ['MAX_RESPONSE_BYTES', '5000', { maxResponseBytes: 5000 }],
    ['MAX_INFLIGHT', '7', { maxInFlight: 7 }],
    ['LIVE_POLL_MS', '700', { live: { ...DEFAULTS.live, pollMs: 700 } }],
    ['MAX_SUBSCRIPTIONS', '0', { live: { ...DEFAULTS.live, maxSubscriptions: 0 } }],
    ['REDIS_URL', 'redis://redis:6379', { redisUrl: 'redis://redis:6379' }],
    ['REDIS_URL', 'rediss://u:p%40@x.test/2', { redisUrl: 'rediss://u:p%40@x.test/2' }],
    ['CACHE_TTL_MS', '7000', { cache: { ttlMs: 7000, secret: undefined } }],
    ['CACHE_TTL_MS', '0', {}],
    ['CACHE_SECRET', 'x'.repeat(32), {}],
    ['SHUTDOWN_DELAY_MS', '7', { shutdown: { ...DEFAULTS.shutdown, delayMs: 7 } }],
    ['SHUTDOWN_TIMEOUT_MS', '0', { shutdown: { ...DEFAULTS.shutdown, timeoutMs: 0 } }],
    ['METRICS', 'off', { metrics: false }],
    ['METRICS', 'on', { metrics: true }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:4318', { traces: true }],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'http://x.test/v1/traces', { traces: true }],
    ['EXPLAIN', 'off', { explain: false }],
    ['EXPLAIN', 'on', { explain: true }],
    ['GRAPHIQL', 'off', { graphiql: false }],
    ['GRAPHIQL', 'on', { graphiql: true }],
    ['TRUSTED_DOCUMENTS', './o.json', { trustedDocuments: STRICT, graphiql: false }],
    ['CORS_ORIGINS', 'https://x.test', { corsOrigins: ['https://x.test'] }],
    [
      'CORS_ORIGINS',
      'https://x.test , http://localhost:3000',
      { corsOrigins: ['https://x.test', 'http://localhost:3000'] },
    ],
    ['LOG_LEVEL', 'silent', { logLevel: 'silent' }],
    ['LOG_LEVEL', 'trace', { logLevel: 'trace' }],
  ])('%s=%j', (name, value, changed) => {
    expect(readConfig({ [name]: value })).toEqual({ ...DEFAULTS, ...changed });
  });
});

test.each([
  ['strict', false],
  ['mixed', true],
] as const)('TRUSTED_DOCUMENTS_MODE=%s, with documents', (mode, graphiql) => {
  const config = readConfig({ TRUSTED_DOCUMENTS: './o.json', TRUSTED_DOCUMENTS_MODE: mode });
  expect(config).toEqual({ ...DEFAULTS, trustedDocuments: { file: './o.json', mode }, graphiql });
});

test('trusted documents in Redis take one', () => {
  const redis = 'redis://x';
  const { trustedDocuments, graphiql } = readConfig({
    TRUSTED_DOCUMENTS: 'redis',
    REDIS_URL: redis,
  });
  expect([trustedDocuments, graphiql]).toEqual([{ file: undefined, mode: 'strict' }, false]);
  expect(problemsOf({ TRUSTED_DOCUMENTS: 'redis' })).toEqual([
    'TRUSTED_DOCUMENTS=redis must be set together with REDIS_URL',
  ]);
  // A file of that name is one all the same.
  const file = readConfig({ TRUSTED_DOCUMENTS: './redis' }).trustedDocuments?.file;
  expect(file).toBe('./redis');
});

describe('a cache that instances share', () => {
  const env = { REDIS_URL: 'redis://x', CACHE_TTL_MS: '7000' };

  test('needs a secret that they share as well', () => {
    expect(problemsOf(env)).toEqual([
      'CACHE_SECRET must be set with REDIS_URL and CACHE_TTL_MS, to the same everywhere',
    ]);
    const secret = CANARY.repeat(3);
    expect(readConfig({ ...env, CACHE_SECRET: secret }).cache).toEqual({ ttlMs: 7000, secret });
  });

  test('is told once what is wrong with its secret', () => {
    expect(problemsOf({ ...env, CACHE_SECRET: CANARY })).toEqual([
      'CACHE_SECRET must be 32 characters or more',
    ]);
  });

  test('is none without Redis, where each instance has a secret of its own', () => {
    const config = readConfig({ CACHE_TTL_MS: '7000', CACHE_SECRET: 'x'.repeat(32) });
    expect(config.cache).toEqual({ ttlMs: 7000, secret: undefined });
  });
});

describe('values refused, by name and without the value', () => {
  const integers = [CANARY, '-1', '1.5', '1e3', '0x10', ' 80', '80 ', '٣', 'NaN', '9'.repeat(30)];
  test.each<[string, string[]]>([
    ['PORT', [...integers, '65536']],
    ['REQUEST_DEADLINE_MS', [...integers, '0', '600001', '10s']],
    ['MAX_UPSTREAM_CALLS', [...integers, '0']],
    ['UPSTREAM_CONCURRENCY_PER_REQUEST', [...integers, '0']],
    ['UPSTREAM_CONCURRENCY', [...integers, '0']],
    ['MAX_RESPONSE_BYTES', [...integers, '0']],
    ['MAX_INFLIGHT', [...integers, '0']],
    ['LIVE_POLL_MS', [...integers, '0', '99', '600001']],
    ['MAX_SUBSCRIPTIONS', [...integers, '100001']],
    [
      'REDIS_URL',
      [
        ...[CANARY, 'redis://', 'redis:6379', `http://${CANARY}`, `redis://x/${CANARY}`],
        ...[`redis://x?${CANARY}`, `redis://x#${CANARY}`, `redis://x:${CANARY}`, 'unix:/x'],
      ],
    ],
    ['CACHE_TTL_MS', [...integers, '86400001']],
    ['CACHE_SECRET', [CANARY, 'x'.repeat(31)]],
    ['SHUTDOWN_DELAY_MS', [...integers, '600001']],
    ['SHUTDOWN_TIMEOUT_MS', [...integers, '600001']],
    [
      'COTALKER_API_URL',
      [
        ...[CANARY, '/api', 'x.test/api', '//x.test/api', 'https://', 'http://:80', 'https://x y/'],
        ...['ftp://x.test/', 'file:///etc/passwd', `javascript:${CANARY}`, `data:,${CANARY}`],
        ...[`https://user:${CANARY}@x.test/api`, `https://${CANARY}@x.test/`, 'https://:p@x.test/'],
        ...[`https://x.test/api?token=${CANARY}`, `https://x.test/api#${CANARY}`],
        `https://x.test:${CANARY}/`,
      ],
    ],
    ['METRICS', [CANARY, 'true', 'ON', '1', '9464']],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', [CANARY, '127.0.0.1:4318', `http://${CANARY}@x.test`]],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', [CANARY, '/v1/traces', `http://x.test/?${CANARY}`]],
    ['EXPLAIN', [CANARY, 'true', 'ON', '1', ' on']],
    ['GRAPHIQL', [CANARY, 'false', 'OFF', '0', 'off ']],
    ['TRUSTED_DOCUMENTS_MODE', [CANARY, 'STRICT', 'on', 'mixed ', 'strict', 'mixed']],
    [
      'CORS_ORIGINS',
      [
        ...[
          CANARY,
          '*',
          'null',
          'x.test',
          'https://x.test/',
          'https://x.test/path',
          'ftp://x.test',
        ],
        ...['https://X.test', 'https://x.test:443', `https://${CANARY}@x.test`, ',', 'https://*'],
        ...['https://x.test,', `https://x.test,${CANARY}`, 'https://x.test;https://y.test'],
      ].filter((origin) => origin !== 'https://*'),
    ],
    ['LOG_LEVEL', [CANARY, 'INFO', 'verbose', 'info ']],
  ])('%s', (name, values) => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      expect([value, problems]).toEqual([value, [expect.stringMatching(`^${name} must be `)]]);
    }
  });

  test('all that is wrong is named at once, and what is right is not', () => {
    const wrong = VARIABLES.filter((name) => !['HOST', 'TRUSTED_DOCUMENTS'].includes(name));
    const env = Object.fromEntries(wrong.map((name) => [name, CANARY]));
    const problems = problemsOf({ ...env, HOST: '127.0.0.1' });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(wrong.sort());
  });
});

describe('the token of the doctor', () => {
  test('is read as it is, and is no part of the configuration', () => {
    const env = { COTALKER_TOKEN: `${CANARY}.x-y_z==` };
    expect(readToken(env)).toBe(env.COTALKER_TOKEN);
    expect(readConfig(env)).toEqual(DEFAULTS);
    expect([readToken({}), readToken({ COTALKER_TOKEN: '' })]).toEqual([undefined, undefined]);
  });

  test.each([`Bearer ${CANARY}`, ` ${CANARY}`, `${CANARY}\n`, `${CANARY}ñ`])(
    '%j is refused, by name and without the value',
    (value) => {
      expect(() => readToken({ COTALKER_TOKEN: value })).toThrow(/COTALKER_TOKEN must be a token/);
      expect(() => readToken({ COTALKER_TOKEN: value })).not.toThrow(CANARY);
      expect(readConfig({ COTALKER_TOKEN: value })).toEqual(DEFAULTS);
    },
  );
});

describe('OpenTelemetry’s own variables', () => {
  const AT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

  test.each<[Record<string, string>, boolean]>([
    [{}, true],
    [{ OTEL_SDK_DISABLED: 'true' }, false],
    [{ OTEL_SDK_DISABLED: 'TRUE' }, false],
    [{ OTEL_SDK_DISABLED: 'false' }, true],
    [{ OTEL_TRACES_EXPORTER: 'none' }, false],
    [{ OTEL_TRACES_EXPORTER: 'otlp' }, true],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, true],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: '' }, true],
    [
      {
        OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc',
        OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      },
      true,
    ],
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_SDK_DISABLED: 'true' }, false],
  ])('%j is heeded', (env, traces) => {
    expect(readConfig({ ...AT, ...env }).traces).toBe(traces);
  });

  test.each([
    ['OTEL_SDK_DISABLED', CANARY],
    ['OTEL_TRACES_EXPORTER', 'zipkin'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc'],
    ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http/protobuf'],
    ['OTEL_EXPORTER_OTLP_TRACES_PROTOCOL', 'grpc'],
  ])('%s=%s is refused, where spans are to be sent', (name, value) => {
    expect(() => readConfig({ ...AT, [name]: value })).toThrow(`${name} must be `);
    expect(readConfig({ [name]: value }).traces).toBe(false);
  });
});
