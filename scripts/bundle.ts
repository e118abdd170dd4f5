import { createRequire } from 'node:module';
import type { BuildOptions, Plugin } from 'esbuild';

/**
 * There is one `graphql` alone, whoever asks for it and how: that in ES modules. Else each file that imports it makes a
 * copy of its 230 names, each with a getter: 3 MB, and slow to read.
 */
const oneGraphql: Plugin = {
  name: 'one-graphql',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^graphql(?:\/|$)/ }, ({ path }) => ({
      path: createRequire(import.meta.url)
        .resolve(path)
        .replace(/\.js$/, '.mjs'),
    })),
};

/** What `npm run build` puts into dist/, and the tests that start a program into a folder of theirs. */
export const BUNDLE = {
  entryPoints: {
    main: 'src/main.ts',
    doctor: 'doctor/main.ts',
    'documents-push': 'src/graphql/documents/push.ts',
  },
  bundle: true,
  // What is loaded on demand stays a file of its own: the sandbox, Redis, tracing, GraphiQL.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.18',
  sourcesContent: false,
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'linked',
  // As Node loads them, but for `graphql`.
  mainFields: ['main'],
  plugins: [oneGraphql],
  // Of these packages the gateway uses a part, and a start would load all: 1.1 MB of code, 7 MB of memory.
  alias: {
    undici: './scripts/parts/undici.js',
    '@whatwg-node/fetch': './scripts/parts/fetch.js',
    'fast-json-stringify': './scripts/parts/fast-json-stringify.js',
  },
  // Only Yoga's HTTP layer looks at it, and then Node loads all that its own `fetch` needs.
  define: { 'globalThis.Request': 'undefined' },
  // For people on a terminal, and not in the image.
  external: ['pino-pretty'],
  // Packages in CommonJS ask for Node's own modules.
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
  logLevel: 'warning',
} satisfies BuildOptions;
