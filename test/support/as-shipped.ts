import { readConfig } from '../../src/config/index.ts';
import type { StartOptions } from './gateway.ts';

const config = readConfig({});

/** What `npm start` has where no variable is set: the quota, what is remembered, and the metrics. */
export const AS_SHIPPED = {
  ...config,
  graphiql: { token: undefined },
  resilience: {},
  traits: {},
  compileAfter: 10,
  givesUpSilent: true,
  isMetered: config.metrics,
  caching: {
    referenceMs: config.cache?.lifetimes.reference ?? 0,
    menuMs: config.cache?.lifetimes.menu ?? 0,
  },
} satisfies StartOptions;
