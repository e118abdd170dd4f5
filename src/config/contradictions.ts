import { type RawEnvironment, VARIABLES } from './variables.ts';

/**
 * Problems of variables that contradict each other.
 *
 * @param right The variables that are valid alone: wrong ones are already reported.
 * @param set All variables that are set.
 */
export function contradictions(right: RawEnvironment, set: RawEnvironment): string[] {
  const documents = right['TRUSTED_DOCUMENTS'];
  const cacheMs = Number(right['CACHE_TTL_MS'] ?? 0);
  const hasUpstream = set['COTALKER_API_URL'] !== undefined;
  const sandbox = set['SANDBOX'];
  const port = Number(right['PORT'] ?? VARIABLES.PORT.def.defaultValue);
  const rules: readonly (readonly [isBroken: boolean, problem: string])[] = [
    [
      // Otherwise, with a misspelt name, users would work with a company that does not exist.
      !hasUpstream && right['NODE_ENV'] === 'production' && sandbox === undefined,
      'COTALKER_API_URL must be set where NODE_ENV is production; SANDBOX=on serves the made-up company instead',
    ],
    [!hasUpstream && sandbox === 'off', 'COTALKER_API_URL must be set together with SANDBOX=off'],
    [
      port > 0 && port === Number(right['ADMIN_PORT'] ?? VARIABLES.ADMIN_PORT.def.defaultValue),
      'ADMIN_PORT must be another one than PORT',
    ],
    [
      hasUpstream && sandbox === 'on',
      'SANDBOX=on must not be set together with COTALKER_API_URL: it serves the made-up company',
    ],
    [
      // An operator who sets only the mode would think that the gateway is closed, but it would be open.
      right['TRUSTED_DOCUMENTS_MODE'] !== undefined && documents === undefined,
      'TRUSTED_DOCUMENTS_MODE must be set together with TRUSTED_DOCUMENTS',
    ],
    [
      documents === 'redis' && set['REDIS_URL'] === undefined,
      'TRUSTED_DOCUMENTS=redis must be set together with REDIS_URL',
    ],
    [
      cacheMs > 0 && right['REDIS_URL'] !== undefined && set['CACHE_SECRET'] === undefined,
      'CACHE_SECRET must be set with REDIS_URL and CACHE_TTL_MS, to the same everywhere',
    ],
  ];
  return rules.filter(([isBroken]) => isBroken).map(([, problem]) => problem);
}
