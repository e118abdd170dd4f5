import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import rooms from './scripts/lint/rooms.js';

/*
 * The rooms of the house, and what each may import: other rooms (a folder or a file), and packages. What is not in
 * a row is refused, so nothing imports `main`, nothing imports upwards, and nothing but `main` knows the sandbox.
 * A file is in the room of the longest name that it starts with. `generated` holds only types.
 */
const COTALKER_ERRORS = 'src/cotalker/errors.ts';
const CALL = 'src/cotalker/call.ts';
/** What every interceptor and the wire are made of. */
const EXCHANGE = 'src/cotalker/exchange.ts';
const RECORDS = 'src/cotalker/records';
const SHARING = 'src/cotalker/sharing';
const TRAITS = 'src/cotalker/traits';
const ROOMS = {
  'src/main.ts': {
    imports: [
      ...[
        'sandbox',
        'src/config',
        'src/cotalker',
        'src/gateway.ts',
        'src/give-back.ts',
        'src/http',
      ],
      ...['src/observe', 'src/redis', 'src/startup-message.ts'],
    ],
    packages: ['pino'],
  },
  'src/gateway.ts': {
    imports: [
      'src/context.ts',
      'src/cotalker',
      'src/http',
      'src/live',
      'src/observe',
      'src/yoga.ts',
    ],
    packages: ['pino'],
  },
  'src/yoga.ts': {
    imports: [
      ...['src/config', 'src/context.ts', 'src/errors.ts', 'src/graphql', 'src/http'],
      ...['src/observe', 'src/redis'],
    ],
    packages: ['graphql', 'graphql-yoga', 'lru-cache', 'pino'],
  },
  'src/give-back.ts': { imports: [], packages: [] },
  'src/startup-message.ts': { imports: ['src/config'], packages: [] },
  'src/token-hash.ts': { imports: [], packages: [] },
  'src/json-bounds.ts': { imports: [], packages: [] },
  'src/clock.ts': { imports: [], packages: [] },
  'src/config': { imports: [], packages: ['zod'] },
  'src/errors.ts': { imports: ['src/cotalker/errors.ts'], packages: ['graphql'] },
  'src/context.ts': {
    imports: [
      ...['src/cotalker', 'src/errors.ts', 'src/live', 'src/loaders', 'src/observe'],
      ...['src/token-hash.ts', 'src/writes'],
    ],
    packages: ['graphql-yoga'],
  },
  'src/http': {
    imports: [
      ...['src/config', 'src/context.ts', 'src/errors.ts', 'src/graphql', 'src/observe'],
      ...['src/clock.ts', 'src/json-bounds.ts', 'src/token-hash.ts'],
    ],
    packages: [
      ...['@graphql-yoga/render-graphiql', 'content-type', 'graphql', 'graphql-yoga'],
      ...['lru-cache', 'negotiator', 'pino'],
    ],
  },
  'src/graphql': {
    imports: ['src/config', 'src/context.ts', 'src/errors.ts', 'src/observe', 'src/redis'],
    packages: ['graphql', 'graphql-jit', 'graphql-yoga', 'lru-cache', 'zod'],
  },
  // A program of its own, which checks documents as the gateway does.
  'src/graphql/documents/push.ts': {
    imports: ['src/config', 'src/graphql', 'src/redis'],
    packages: [],
  },
  'src/graphql/contract.ts': { imports: [], packages: ['graphql'] },
  'src/graphql/schema.ts': {
    imports: ['src/context.ts', 'src/graphql/contract.ts', 'src/resolvers'],
    packages: ['graphql', 'graphql-scalars', 'graphql-yoga'],
  },
  'src/resolvers': {
    imports: [
      ...['src/context.ts', 'src/errors.ts', 'src/generated', 'src/graphql/selection.ts'],
      ...['src/mapping', 'src/writes'],
    ],
    packages: [],
  },
  'src/writes': {
    imports: ['src/cotalker', 'src/errors.ts', 'src/generated', 'src/loaders', 'src/mapping'],
    packages: [],
  },
  'src/loaders': {
    imports: ['src/cotalker', 'src/errors.ts', 'src/generated', 'src/mapping'],
    packages: ['dataloader'],
  },
  'src/live': {
    imports: [
      ...['src/cotalker', 'src/errors.ts', 'src/generated', 'src/loaders', 'src/mapping'],
      'src/observe/request-summary.ts',
    ],
    packages: [],
  },
  // Of cotalker, what its records are made of: there is no I/O here.
  'src/mapping': {
    imports: ['src/cotalker/errors.ts', RECORDS, 'src/generated'],
    packages: ['zod'],
  },
  'src/observe': {
    imports: [
      ...[
        COTALKER_ERRORS,
        CALL,
        EXCHANGE,
        'src/cotalker/trace.ts',
        'src/cotalker/cache',
        'src/cotalker/quota/quota-observer.ts',
        'src/cotalker/wire',
      ],
      ...['src/errors.ts', 'src/redis'],
    ],
    packages: [
      ...['@opentelemetry/api', '@opentelemetry/exporter-trace-otlp-http'],
      ...['@opentelemetry/resources', '@opentelemetry/sdk-trace', '@prometheus-io/client'],
      ...['graphql', 'graphql-yoga', 'pino', 'pino-pretty', 'sonic-boom'],
    ],
  },
  'src/redis': { imports: [], packages: ['@redis/client', 'pino'] },

  'src/cotalker/endpoints': {
    imports: ['src/cotalker/paging', 'src/cotalker/session.ts', COTALKER_ERRORS, CALL, RECORDS],
    packages: [],
  },
  'src/cotalker/paging': {
    imports: ['src/cotalker/session.ts', COTALKER_ERRORS, CALL, RECORDS, SHARING, TRAITS],
    packages: [],
  },
  'src/cotalker/session.ts': {
    imports: [
      ...[
        'src/cotalker/cache/memory.ts',
        'src/cotalker/options.ts',
        'src/cotalker/pipeline.ts',
        'src/cotalker/quota',
        'src/cotalker/resilience/terms.ts',
      ],
      ...['src/cotalker/trace.ts', COTALKER_ERRORS, CALL, EXCHANGE, SHARING, TRAITS],
    ],
    packages: ['lru-cache'],
  },
  'src/cotalker/pipeline.ts': {
    imports: [
      ...['src/cotalker/cache', CALL, COTALKER_ERRORS, 'src/cotalker/quota'],
      ...['src/cotalker/options.ts', 'src/cotalker/resilience', EXCHANGE, SHARING],
    ],
    packages: [],
  },
  // Types alone.
  'src/cotalker/options.ts': {
    imports: ['src/cotalker/cache', EXCHANGE, 'src/cotalker/quota', 'src/cotalker/resilience'],
    packages: [],
  },
  'src/cotalker/cache': {
    imports: [COTALKER_ERRORS, CALL, EXCHANGE, RECORDS, SHARING, 'src/redis'],
    packages: ['lru-cache', 'zod'],
  },
  'src/cotalker/resilience': {
    imports: [COTALKER_ERRORS, EXCHANGE, 'src/clock.ts'],
    packages: ['lru-cache'],
  },
  'src/cotalker/quota': {
    imports: [...[CALL, 'src/cotalker/resilience', COTALKER_ERRORS, EXCHANGE], 'src/redis'],
    packages: ['lru-cache'],
  },
  'src/cotalker/wire': {
    imports: [COTALKER_ERRORS, CALL, EXCHANGE, SHARING, 'src/json-bounds.ts'],
    packages: ['got', 'undici'],
  },
  // Types alone.
  'src/cotalker/exchange.ts': {
    imports: [...['src/cotalker/resilience/terms.ts', 'src/cotalker/trace.ts', CALL, SHARING]],
    packages: [],
  },
  'src/cotalker/trace.ts': { imports: [COTALKER_ERRORS, CALL, RECORDS], packages: [] },
  'src/cotalker/call.ts': {
    imports: [COTALKER_ERRORS, RECORDS, 'src/token-hash.ts'],
    packages: [],
  },
  'src/cotalker/records': { imports: [COTALKER_ERRORS, SHARING], packages: [] },
  'src/cotalker/sharing': { imports: [COTALKER_ERRORS], packages: ['lru-cache'] },
  'src/cotalker/sharing/coalesce.ts': {
    imports: [COTALKER_ERRORS, CALL, EXCHANGE],
    packages: [],
  },
  'src/cotalker/traits': { imports: [], packages: [] },
  'src/cotalker/errors.ts': { imports: [], packages: [] },

  sandbox: { imports: [], packages: [] },
  doctor: { imports: ['src/config', 'src/cotalker', 'src/mapping'], packages: [] },
};

/** A package of its own, with types of its own: only circles are looked for. */
const BENCH = ['bench/**/*.ts'];

export default defineConfig(
  { ignores: ['**/node_modules', 'dist', 'src/generated', 'examples'] },
  ...tseslint.configs.strictTypeChecked.map((config) => ({ ...config, ignores: BENCH })),
  {
    ignores: BENCH,
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/require-await': 'off',
      // Interfaces declare functions as methods; nothing here relies on `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-console': 'error',
      'max-lines': ['error', { max: 200, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/index.ts', 'src/config/file.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only src/config reads the environment.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    // What is loaded only where it is used: the sandbox, the export of spans, GraphiQL's 9 MB, the log for people.
    ignores: ['src/main.ts', 'src/observe/log/logger.ts', 'src/http/pages/graphiql/files.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ImportExpression',
          message: 'What is loaded late is loaded in main.ts, where a reader looks for it.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts', 'sandbox/**/*.ts', 'doctor/**/*.ts'],
    plugins: { rooms },
    rules: {
      'rooms/imports': ['error', ROOMS],
    },
  },
  {
    files: ['src/**/*.ts', 'sandbox/**/*.ts', 'doctor/**/*.ts', ...BENCH],
    languageOptions: { parser: tseslint.parser },
    plugins: { rooms },
    rules: { 'rooms/circles': ['error', ['src', 'sandbox', 'doctor', 'bench']] },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // GraphQL answers are compared whole, and by path: typing each would only repeat the query.
      '@typescript-eslint/no-explicit-any': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      // All lines of a file, since all are scrolled; of a function what it does, lest it be told less of.
      'max-lines': ['error', 200],
      'max-lines-per-function': ['error', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  // A table, and nothing else.
  {
    files: ['eslint.config.js'],
    rules: { 'max-lines': 'off' },
  },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
);
