import { join } from 'node:path';
import { BENCH, NODE_FLAGS, ROOT, SCRIPTS } from './paths.ts';
import { hiveCommand, toHive } from './hive.ts';
import { mechanismOf } from './without.ts';
import type { Address, Command, Subject } from './subject.ts';

/**
 * How many connections a peer keeps to the upstream: too many cost CPU, and
 * too few cap what an upstream that is far away can be asked. See the README for how these were chosen.
 */
const connectionsFor = (latencyMs: number): number => (latencyMs === 0 ? 128 : 512);

const peer =
  (file: string) =>
  ({ port, upstreamUrl, latencyMs }: Address): Command => ({
    args: [...NODE_FLAGS, join(BENCH, 'peers', file)],
    env: {
      NODE_ENV: 'production',
      PORT: String(port),
      UPSTREAM_URL: upstreamUrl,
      CONNECTIONS: String(connectionsFor(latencyMs)),
    },
  });

/** The gateway as production starts it: `npm start`, with an upstream, free ports, and every default. */
const oursAsShipped = ({ port, upstreamUrl }: Address): Command => ({
  args: [...NODE_FLAGS, join(ROOT, 'src/main.ts')],
  env: {
    ...{ NODE_ENV: 'production', PORT: String(port), ADMIN_PORT: '0' },
    COTALKER_API_URL: upstreamUrl,
  },
});

/** So much that no call waits for it: each still stands in its company's line, and is counted and forecast. */
const BOUNDLESS_QUOTA = '99999/500ms';

/** So that all subjects make the same calls. */
const NO_MEMORY = { REFERENCE_TTL_MS: '0', MENU_TTL_MS: '0' };

/** The same, but no call waits for a quota. Where a token comes again, nothing is remembered; else it is, in vain. */
const ours = (address: Address): Command => {
  const { args, env } = oursAsShipped(address);
  const memory = address.tokens === 'fresh' ? {} : NO_MEMORY;
  return { args, env: { ...env, ...memory, UPSTREAM_QUOTA: BOUNDLESS_QUOTA } };
};

/** The gateway with its quota and its memory, for what is not about CPU. */
export const OURS_AS_SHIPPED: Subject = {
  ...{ name: 'ours', title: 'this gateway', packages: [] },
  command: oursAsShipped,
};

/** The same as the bundle, as the image starts it, and so with what was compiled at the build. */
export function asBuilt({ command, ...subject }: Subject): Subject {
  const [, ...words] = SCRIPTS['start:built'].split(' ');
  const args = words.map((word) => (word.startsWith('dist/') ? join(ROOT, word) : word));
  const env = { NODE_COMPILE_CACHE: join(ROOT, 'dist/compiled') };
  return {
    ...subject,
    title: `${subject.title}, bundled`,
    command: (address) => ({ args, env: { ...command(address).env, ...env } }),
  };
}

/** The gateway without one of its mechanisms for speed; see `without.ts`. */
export function oursWithout(mechanism: string): Subject {
  mechanismOf(mechanism);
  return {
    name: `ours-without-${mechanism}`,
    title: `this gateway without ${mechanism}`,
    without: mechanism,
    packages: [],
    command: (address) => {
      const { args, env } = ours(address);
      const first = ['--import', join(BENCH, 'lib/start-without.ts')];
      return { args: [...first, ...args], env: { ...env, WITHOUT: mechanism } };
    },
  };
}

/** For a subject that is asked what all are, in some scenarios. */
const onlyIn =
  (...names: readonly string[]): NonNullable<Subject['translate']> =>
  ({ name, request }) =>
    names.includes(name) ? { request, normalise: (data) => data } : null;

export const SUBJECTS: readonly Subject[] = [
  { name: 'ours', title: 'this gateway', packages: [], command: ours },
  {
    name: 'stock',
    title: 'graphql-yoga + got + dataloader',
    packages: ['graphql-yoga', 'got', 'dataloader'],
    command: peer('stock.ts'),
  },
  {
    name: 'stock-guarded',
    title: 'the same with query limits, CSRF prevention, metrics and log',
    packages: [
      'graphql-yoga',
      '@escape.tech/graphql-armor',
      '@graphql-yoga/plugin-prometheus',
      'pino',
    ],
    command: peer('stock-guarded.ts'),
    translate: onlyIn('hello', 'groups'),
  },
  {
    name: 'yoga-undici',
    title: 'graphql-yoga + undici',
    packages: ['graphql-yoga', 'undici'],
    command: peer('yoga-undici.ts'),
  },
  {
    name: 'apollo',
    title: 'Apollo Server + datasource-rest',
    packages: ['@apollo/server', '@apollo/datasource-rest'],
    command: peer('apollo.ts'),
  },
  {
    name: 'mercurius',
    title: 'Mercurius with JIT and loaders + undici',
    packages: ['mercurius', 'fastify', 'graphql-jit', 'undici'],
    command: peer('mercurius.ts'),
  },
  {
    name: 'hive',
    title: 'Hive Gateway over OpenAPI',
    packages: ['@graphql-hive/gateway', '@omnigraph/openapi'],
    command: hiveCommand,
    translate: toHive,
  },
  {
    name: 'raw',
    title: 'limit: raw node:http, hand-written',
    packages: [],
    command: peer('raw.ts'),
  },
  {
    name: 'raw-hello',
    title: 'limit: raw node:http hello',
    packages: [],
    command: peer('raw-hello.ts'),
    translate: onlyIn('hello'),
  },
];
