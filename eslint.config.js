import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/*
 * The layers of src/, and what each may import: other layers (a folder or a file of that name), and
 * packages. What is not in a row is refused, so nothing imports `main`, nothing imports upwards, and
 * nothing but `main` knows the sandbox. `generated` holds only types, which name the models.
 */
const LAYERS = {
  main: {
    layers: [
      'config',
      'config-file',
      'greeting',
      'listener',
      'open-admin',
      'plugins',
      'server',
      'cotalker',
      'sandbox',
      'cache',
      'redis',
      'metrics',
      'tracing',
      'turns',
      'logger',
    ],
    packages: ['pino'],
  },
  doctor: { layers: ['config', 'config-file', 'cotalker', 'mapping'], packages: ['zod'] },
  config: { layers: ['config-variables', 'config-traces', 'config-unknown'], packages: [] },
  'config-file': { layers: [], packages: [] },
  'config-traces': { layers: ['config-variables'], packages: [] },
  'config-unknown': { layers: ['config-variables'], packages: [] },
  'config-variables': { layers: ['config-values'], packages: ['zod'] },
  'config-values': { layers: [], packages: ['zod'] },
  greeting: { layers: [], packages: [] },
  tracing: {
    layers: ['telemetry', 'cotalker'],
    packages: [
      '@opentelemetry/api',
      '@opentelemetry/exporter-trace-otlp-http',
      '@opentelemetry/resources',
      '@opentelemetry/sdk-trace',
    ],
  },
  listener: { layers: ['request-id', 'turns'], packages: [] },
  'open-admin': { layers: ['config', 'listener'], packages: ['pino'] },
  turns: { layers: [], packages: [] },
  logger: { layers: ['log-file'], packages: ['pino', 'pino-pretty'] },
  'log-file': { layers: [], packages: ['sonic-boom'] },
  memo: { layers: [], packages: [] },
  'request-id': { layers: [], packages: [] },
  telemetry: { layers: ['turns', 'request-id', 'cotalker'], packages: ['graphql', 'pino'] },
  metrics: {
    layers: ['telemetry', 'errors', 'cotalker', 'cache'],
    packages: ['@prometheus-io/client'],
  },
  server: {
    layers: [
      ...['config', 'direct-post', 'schema', 'trusted-documents', 'context', 'plugins'],
      ...['telemetry', 'metrics', 'tracing', 'live', 'errors', 'cotalker', 'redis'],
    ],
    packages: ['graphql-yoga', 'pino'],
  },
  'trusted-documents': {
    layers: ['config', 'config-file', 'errors', 'plugins', 'redis', 'schema'],
    packages: ['graphql', 'lru-cache', 'zod'],
  },
  'direct-post': {
    layers: ['context', 'errors', 'plugins', 'telemetry'],
    packages: ['graphql', 'graphql-yoga'],
  },
  schema: {
    layers: ['resolvers', 'context'],
    packages: ['graphql', 'graphql-scalars', 'graphql-yoga'],
  },
  context: {
    layers: ['live', 'loaders', 'cotalker', 'request-id', 'telemetry'],
    packages: ['graphql-yoga'],
  },
  live: {
    layers: ['loaders', 'mapping', 'cotalker', 'errors', 'generated', 'request-id'],
    packages: [],
  },
  plugins: {
    layers: ['errors', 'context', 'telemetry', 'metrics', 'memo'],
    packages: [
      ...['graphql', 'graphql-jit', 'graphql-yoga', '@graphql-yoga/render-graphiql'],
      ...['lru-cache', 'pino'],
    ],
  },
  resolvers: { layers: ['generated', 'mapping', 'errors', 'context'], packages: [] },
  loaders: {
    layers: ['cotalker', 'mapping', 'errors', 'generated', 'memo'],
    packages: ['dataloader'],
  },
  mapping: { layers: ['cotalker', 'generated', 'memo'], packages: ['zod'] },
  cotalker: { layers: ['turns', 'memo', 'cache'], packages: ['got', 'lru-cache', 'undici', 'zod'] },
  cache: { layers: ['redis'], packages: ['lru-cache', 'zod'] },
  redis: { layers: [], packages: ['@redis/client', 'pino'] },
  errors: { layers: ['cotalker'], packages: ['graphql'] },
};
const FOLDERS = new Set([
  'doctor',
  'listener',
  'telemetry',
  'metrics',
  'tracing',
  'live',
  'plugins',
  'resolvers',
  'loaders',
  'mapping',
  'cotalker',
  'cache',
  'redis',
  'trusted-documents',
]);

/** Refuses every import of the files but those that start as one of `allowed` does. */
const importsOnly = (files, allowed, message) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': [
      'error',
      { patterns: [{ regex: `^(?!${allowed.join('|')})`, message }] },
    ],
  },
});

const layerRules = Object.entries(LAYERS).map(([name, { layers, packages }]) => {
  const isFolder = FOLDERS.has(name);
  const allowed = [
    'node:',
    ...packages.map((name) => `${name}$`),
    ...layers.map((layer) => `${isFolder ? '\\.\\./' : '\\./'}${layer}(?:/|\\.ts$)`),
    ...(isFolder ? ['\\./'] : []),
  ];
  const may = [...layers, ...packages].join(', ') || 'nothing';
  return importsOnly(
    [isFolder ? `src/${name}/**/*.ts` : `src/${name}.ts`],
    allowed,
    `The layer "${name}" may import ${may}; see eslint.config.js.`,
  );
});

const SANDBOX = 'The sandbox stands alone.';

export default defineConfig(
  { ignores: ['**/node_modules', 'src/generated', 'bench', 'examples'] },
  ...tseslint.configs.strictTypeChecked,
  {
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
    ignores: ['src/config.ts', 'src/config-file.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        {
          object: 'process',
          property: 'env',
          message: 'Only src/config.ts reads the environment.',
        },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    // What is loaded only where it is used: the sandbox, the export of spans, GraphiQL's 9 MB, the log for people.
    ignores: ['src/main.ts', 'src/logger.ts', 'src/plugins/graphiql-files.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'ImportExpression', message: 'The import rules do not see import().' },
      ],
    },
  },
  ...layerRules,
  importsOnly(['src/sandbox/*.ts'], ['node:', '\\./'], SANDBOX),
  importsOnly(['src/sandbox/*/*.ts'], ['node:', '\\./', '\\.\\./(?!\\.\\.)'], SANDBOX),
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
  // A table of queries, and nothing else.
  { files: ['src/plugins/graphiql-examples.ts'], rules: { 'max-lines': 'off' } },
  { files: ['**/*.js'], ...tseslint.configs.disableTypeChecked },
);
