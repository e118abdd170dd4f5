import { EnvelopArmor } from '@escape.tech/graphql-armor';
import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention';
import { usePrometheus } from '@graphql-yoga/plugin-prometheus';
import type { Plugin } from 'graphql-yoga';
import pino from 'pino';
import { createGet } from './stock-get.ts';
import { serveYoga } from './yoga.ts';

/*
 * The stock pairing with the features of the gateway, as far as plugins have them. These are limits on the query
 * and the body, CSRF prevention, metrics and one log line a request. No shedding, no request ids.
 */

const logger = pino();

function useLog(): Plugin {
  const starts = new WeakMap<Request, number>();
  return {
    onRequest: ({ request }) => void starts.set(request, performance.now()),
    onResponse: ({ request, response }) => {
      const ms = performance.now() - (starts.get(request) ?? 0);
      logger.info({ status: response.status, ms }, 'operation');
    },
  };
}

const armor = new EnvelopArmor({
  maxTokens: { n: 2000 },
  maxDepth: { n: 12 },
  maxAliases: { n: 30 },
  maxDirectives: { n: 50 },
  costLimit: { maxCost: 20_000 },
});

serveYoga(createGet, {
  maxRequestBodySize: 1_000_000,
  plugins: [
    useLog(),
    useCSRFPrevention({ requestHeaders: ['content-type'] }),
    usePrometheus({ endpoint: '/metrics' }),
    ...armor.protect().plugins,
  ],
});
