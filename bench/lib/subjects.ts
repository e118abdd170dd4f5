import { join } from 'node:path';
import { BENCH, NODE_FLAGS, ROOT } from './paths.ts';
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

/** The gateway as production starts it: `npm start`, with an upstream, a port, and every default. */
const oursAsShipped = ({ port, upstreamUrl }: Address): Command => ({
  args: [...NODE_FLAGS, join(ROOT, 'src/main.ts')],
  env: {
    ...{ NODE_ENV: 'production', PORT: String(port), ADMIN_PORT: 'off' },
    COTALKER_API_URL: upstreamUrl,
  },
});

/** So much that no call waits for it: each still stands in its company's line, and is counted and forecast. */
const BOUNDLESS_QUOTA = '99999/500ms';

/** The same, but it remembers nothing, so that all subjects make the same calls, and none of these waits for a quota. */
const ours = (address: Address): Command => {
  const { args, env } = oursAsShipped(address);
  const alike = { REFERENCE_TTL_MS: '0', MENU_TTL_MS: '0', UPSTREAM_QUOTA: BOUNDLESS_QUOTA };
  return { args, env: { ...env, ...alike } };
};

/** The gateway with its quota and its memory, for what is not about CPU. */
export const OURS_AS_SHIPPED: Subject = {
  ...{ name: 'ours', title: 'this gateway', packages: [] },
  command: oursAsShipped,
};

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
