import { describe, expect, test } from '@jest/globals';
import {
  type Config,
  ConfigError,
  readConfig,
  readToken,
  readToolConfig,
  readUnknown,
} from '../../src/config/index.ts';

const ttls = ['REFERENCE_TTL_MS', 'MENU_TTL_MS', 'CACHE_TTL_MS'];
const remembering = (reference: number, menu: number, other: number) => ({
  lifetimes: { reference, menu, other },
});

const QUOTA = { calls: 50, windowMs: 5000, share: 1 };
const WRITES = { ...QUOTA, calls: 20, isOfWrites: true };
const DEFAULTS: Config = {
  ...{ host: '127.0.0.1', port: 4000, upstreamUrl: undefined, requestDeadlineMs: 10_000 },
  admin: { host: '127.0.0.1', port: 9464, isRequired: false },
  limits: { callsPerRequest: 100, perOwner: 10, total: 256, quota: QUOTA, writes: WRITES },
  ...{ maxResponseBytes: 10_485_760, redisUrl: undefined, sharedSecret: undefined },
  cache: remembering(60_000, 5000, 0),
  live: { pollMs: 5000, maxSubscriptions: 1000 },
  ...{ mutations: true, isProduction: false, isSandboxStill: false, maxInFlight: 1000 },
  connections: { keepAliveTimeoutMs: 620_000 },
  shutdown: { delayMs: 0, timeoutMs: 15_000 },
  ...{
    metrics: true,
    traces: false,
    explain: true,
    introspection: true,
    trustedDocuments: undefined,
    maxQueryCost: 50_000,
    graphiql: true,
    corsOrigins: [],
    corsHeaders: undefined,
    logLevel: 'info',
  },
};
const upstream = (url: string) => ({ upstreamUrl: url, mutations: false });
const ADMIN = { host: '127.0.0.1', port: 9464, isRequired: false };
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
  ...[
    'HOST',
    'PORT',
    'ADMIN_HOST',
    'ADMIN_PORT',
    'SANDBOX',
    'SANDBOX_STILL',
    'NODE_ENV',
    'COTALKER_API_URL',
    'REQUEST_DEADLINE_MS',
    ...['UPSTREAM_QUOTA', 'UPSTREAM_QUOTA_SHARE', 'MAX_UPSTREAM_CALLS'],
  ],
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
    'KEEP_ALIVE_MS',
    'LIVE_POLL_MS',
    'MAX_SUBSCRIPTIONS',
    'SHUTDOWN_DELAY_MS',
    'SHUTDOWN_TIMEOUT_MS',
  ],
  ...['REDIS_URL', 'REFERENCE_TTL_MS', 'MENU_TTL_MS', 'CACHE_TTL_MS', 'CACHE_SECRET'],
  ...['CORS_ORIGINS', 'CORS_HEADERS', 'LOG_LEVEL', 'MUTATIONS'],
];

/** Any word is right for these. */
const FREE_TEXT = new Set(['HOST', 'ADMIN_HOST', 'NODE_ENV', 'TRUSTED_DOCUMENTS', 'CORS_HEADERS']);

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
    ['ADMIN_HOST', '0.0.0.0', { admin: { ...ADMIN, host: '0.0.0.0' } }],
    ['ADMIN_PORT', '0', { admin: { ...ADMIN, port: 0, isRequired: true } }],
    ['ADMIN_PORT', '9464', { admin: { ...ADMIN, isRequired: true } }],
    ['ADMIN_PORT', 'off', { admin: undefined }],
    ['SANDBOX', 'on', {}],
    ['SANDBOX_STILL', 'on', { isSandboxStill: true }],
    ['NODE_ENV', 'development', {}],
    ['COTALKER_API_URL', 'https://x.test/api', upstream('https://x.test/api')],
    ['COTALKER_API_URL', 'http://127.0.0.1:8080', upstream('http://127.0.0.1:8080')],
    ['COTALKER_API_URL', 'https://x.test/api///', upstream('https://x.test/api')],
    ['COTALKER_API_URL', 'https://x.test/', upstream('https://x.test')],
    ['COTALKER_API_URL', ' HTTPS://X.test/api\n', upstream('https://x.test/api')],
    ['COTALKER_API_URL', 'https://x.test/api?#', upstream('https://x.test/api')],
    ['MAX_UPSTREAM_CALLS', '7', { limits: { ...DEFAULTS.limits, callsPerRequest: 7 } }],
    ['UPSTREAM_CONCURRENCY_PER_REQUEST', '7', { limits: { ...DEFAULTS.limits, perOwner: 7 } }],
    ['UPSTREAM_CONCURRENCY', '7', { limits: { ...DEFAULTS.limits, total: 7 } }],
    ['MAX_RESPONSE_BYTES', '5000', { maxResponseBytes: 5000 }],
    ['MAX_INFLIGHT', '7', { maxInFlight: 7 }],
    ['KEEP_ALIVE_MS', '7000', { connections: { keepAliveTimeoutMs: 7000 } }],
    ['LIVE_POLL_MS', '700', { live: { ...DEFAULTS.live, pollMs: 700 } }],
    ['MAX_SUBSCRIPTIONS', '0', { live: { ...DEFAULTS.live, maxSubscriptions: 0 } }],
    ['REDIS_URL', 'redis://redis:6379', { redisUrl: 'redis://redis:6379' }],
    ['REDIS_URL', 'rediss://u:p%40@x.test/2', { redisUrl: 'rediss://u:p%40@x.test/2' }],
    ['CACHE_TTL_MS', '7000', { cache: remembering(60_000, 7000, 7000) }],
    ['CACHE_TTL_MS', '90000', { cache: remembering(90_000, 90_000, 90_000) }],
    ['REFERENCE_TTL_MS', '0', { cache: remembering(0, 5000, 0) }],
    ['MENU_TTL_MS', '0', { cache: remembering(60_000, 0, 0) }],
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
    ['CORS_ORIGINS', 'capacitor://localhost', { corsOrigins: ['capacitor://localhost'] }],
    ['CORS_HEADERS', 'Baggage, x-a', { corsHeaders: ['baggage', 'x-a'] }],
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
    expect(readConfig({ ...env, CACHE_SECRET: secret }).sharedSecret).toBe(secret);
  });

  test('is told once what is wrong with its secret', () => {
    expect(problemsOf({ ...env, CACHE_SECRET: CANARY })).toEqual([
      'CACHE_SECRET must be 32 characters or more',
    ]);
  });

  test('is demanded only where answers of all kinds are kept: else they stay in the memory of each', () => {
    expect(readConfig({ REDIS_URL: 'redis://x' }).cache).toEqual(remembering(60_000, 5000, 0));
  });

  test('is none without Redis, where each instance has a secret of its own', () => {
    const config = readConfig({ CACHE_TTL_MS: '7000', CACHE_SECRET: 'x'.repeat(32) });
    expect(config.sharedSecret).toBeUndefined();
  });
});

describe('values refused, by name and without the value', () => {
  const integers = [CANARY, '-1', '1.5', '1e3', '0x10', ' 80', '80 ', '٣', 'NaN', '9'.repeat(30)];
  test.each<[string, string[]]>([
    ['NODE_ENV', ['Production', 'PRODUCTION', 'prod', ' production']],
    ['PORT', [...integers, '65536']],
    ['ADMIN_PORT', [...integers, '65536', 'OFF', 'on']],
    ['SANDBOX', [CANARY, 'true', 'ON', '1']],
    ['SANDBOX_STILL', [CANARY, 'true', 'ON', '1']],
    ['REQUEST_DEADLINE_MS', [...integers, '0', '600001', '10s']],
    ['MAX_UPSTREAM_CALLS', [...integers, '0']],
    ['UPSTREAM_CONCURRENCY_PER_REQUEST', [...integers, '0']],
    ['UPSTREAM_CONCURRENCY', [...integers, '0']],
    ['MAX_RESPONSE_BYTES', [...integers, '0']],
    ['MAX_INFLIGHT', [...integers, '0']],
    ['KEEP_ALIVE_MS', [...integers, '999']],
    ['LIVE_POLL_MS', [...integers, '0', '99', '600001']],
    ['MAX_SUBSCRIPTIONS', [...integers, '100001']],
    [
      'REDIS_URL',
      [
        ...[CANARY, 'redis://', 'redis:6379', `http://${CANARY}`, `redis://x/${CANARY}`],
        ...[`redis://a,${CANARY}:6379`, 'redis://a:1,redis://b:2'],
        ...[`redis://x?${CANARY}`, `redis://x#${CANARY}`, `redis://x:${CANARY}`, 'unix:/x'],
      ],
    ],
    ...ttls.map((name) => [name, [...integers, '86400001']] as [string, string[]]),
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
    ['CORS_HEADERS', [`${CANARY}:`, 'a b', 'x-a,', '*', `${CANARY};x`]],
    ['LOG_LEVEL', [CANARY, 'INFO', 'verbose', 'info ']],
  ])('%s', (name, values) => {
    for (const value of values) {
      const problems = problemsOf({ [name]: value });
      expect([value, problems]).toEqual([value, [expect.stringMatching(`^${name} must be `)]]);
    }
  });

  test.each(['redis://a,b:6379', 'rediss://u:p@a:6379,b:6379/0', 'redis://a:1,redis://b:2'])(
    'REDIS_URL=%s: several servers are not supported, in words',
    (several) => {
      expect(problemsOf({ REDIS_URL: several })).toEqual([
        'REDIS_URL must be the URL of one server: Redis Cluster and Sentinel are not supported (docs/operating.md#redis)',
      ]);
    },
  );

  test('all that is wrong is named at once, and what is right is not', () => {
    const wrong = VARIABLES.filter((name) => !FREE_TEXT.has(name));
    const env = Object.fromEntries(wrong.map((name) => [name, CANARY]));
    const problems = problemsOf({ ...env, HOST: '127.0.0.1' });
    expect(problems.map((problem) => problem.split(' ')[0]).sort()).toEqual(wrong.sort());
  });
});

describe('a gateway without an upstream', () => {
  const demand =
    'COTALKER_API_URL must be set where NODE_ENV is production; SANDBOX=on serves the made-up company instead';

  test('does not start in production, and names what was probably meant', () => {
    expect(problemsOf({ NODE_ENV: 'production' })).toEqual([demand]);
    expect(problemsOf({ NODE_ENV: 'production', COTALKER_API_URI: CANARY })).toEqual([
      demand,
      'COTALKER_API_URI is no variable of the gateway: is COTALKER_API_URL meant?',
    ]);
    const address = { COTALKER_API_URL: 'https://x.test/api' };
    const { upstreamUrl, admin } = readConfig({ NODE_ENV: 'production', ...address });
    expect([upstreamUrl, admin]).toEqual(['https://x.test/api', { ...ADMIN, isRequired: true }]);
  });

  test('is what SANDBOX says', () => {
    expect(readConfig({ NODE_ENV: 'production', SANDBOX: 'on' }).upstreamUrl).toBeUndefined();
    expect(problemsOf({ SANDBOX: 'off' })).toEqual([
      'COTALKER_API_URL must be set together with SANDBOX=off',
    ]);
    expect(problemsOf({ SANDBOX: 'on', COTALKER_API_URL: 'https://x.test' })).toEqual([
      'SANDBOX=on must not be set together with COTALKER_API_URL: it serves the made-up company',
    ]);
    expect(problemsOf({ SANDBOX: 'off', COTALKER_API_URL: 'https://x.test' })).toEqual([]);
  });

  test('is none of a tool’s business', () => {
    const { introspection } = readToolConfig({ NODE_ENV: 'production', INTROSPECTION: 'off' });
    expect(introspection).toBe(false);
  });
});

describe('unknown variables that look like ours', () => {
  test.each<[string, string]>([
    ['COTALKER_API_URI', ': is COTALKER_API_URL meant?'],
    ['COTALKER_URL', ''],
    ['COTALKER_API_TOKEN', ''],
    ['cotalker_api_url', ': is COTALKER_API_URL meant?'],
    ['\uFEFFCOTALKER_API_URL', ': is COTALKER_API_URL meant?'],
    ['UPSTREAM_CONCURENCY', ': is UPSTREAM_CONCURRENCY meant?'],
    ['MENU_TTL', ': is MENU_TTL_MS meant?'],
    ['REDIS_URI', ': is REDIS_URL meant?'],
    ['LOGLEVEL', ': is LOG_LEVEL meant?'],
    // Two letters that are swapped are one slip.
    ['GRAPHQIL', ': is GRAPHIQL meant?'],
    ['MAX_IN_FLIGHT', ': is MAX_INFLIGHT meant?'],
    ['SANDBOXS', ': is SANDBOX meant?'],
  ])('%s is named', (name, hint) => {
    const said = `${name} is no variable of the gateway${hint}`;
    expect(readUnknown({ [name]: CANARY })).toEqual([said]);
  });

  test('others are not, nor what Kubernetes sets for a service of our name', () => {
    const others = [
      'PATH',
      'SHELL',
      'HOSTNAME',
      'POST',
      'HOSTS',
      'EXPLAINED_ELSEWHERE',
      'HTTP_PROXY',
    ];
    const services = [
      'SERVICE_HOST',
      'SERVICE_PORT',
      'SERVICE_PORT_HTTP',
      'PORT',
      'PORT_80_TCP_ADDR',
    ];
    const names = [
      ...[...others, ...VARIABLES, 'COTALKER_TOKEN', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINTS'],
      ...services.map((name) => `COTALKER_GATEWAY_${name}`),
    ];
    expect(readUnknown(Object.fromEntries(names.map((name) => [name, 'x'])))).toEqual([]);
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
      { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc', OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' },
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
