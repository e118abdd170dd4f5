import { type RawEnvironment, VARIABLES } from './variables.ts';

/**
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
  const broken = rules.filter(([isBroken]) => isBroken).map(([, problem]) => problem);
  return [...broken, ...traceProblems(right)];
}

/*
 * OpenTelemetry's own variables that decide whether and how to send spans. The exporter itself reads all others
 * (`observe/tracing/exporter.ts`).
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */

/** The address of the collector; the second variable is for traces only. */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;

/**
 * A variable, its valid values, and the message for other values. Empty means unset; upper and lower case are
 * equal.
 */
const KNOWN = {
  OTEL_SDK_DISABLED: [['true', 'false'], 'must be true or false'],
  OTEL_TRACES_EXPORTER: [['otlp', 'none'], 'must be otlp or none'],
} as const;

/** The second is for traces only, and has precedence. */
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] as const;

const valueOf = (env: RawEnvironment, name: string): string =>
  env[name]?.trim().toLowerCase() ?? '';

export const sendsTraces = (env: RawEnvironment): boolean =>
  ENDPOINTS.some((name) => env[name]) &&
  valueOf(env, 'OTEL_SDK_DISABLED') !== 'true' &&
  valueOf(env, 'OTEL_TRACES_EXPORTER') !== 'none';

/**
 * What is wrong with the variables for spans. Without an address nothing is wrong: a platform may set these
 * variables for all its programs.
 */
function traceProblems(env: RawEnvironment): string[] {
  if (!ENDPOINTS.some((name) => env[name])) return [];
  const problems = Object.entries(KNOWN)
    .filter(([name, [values]]) => !['', ...values].includes(valueOf(env, name)))
    .map(([name, [, problem]]) => `${name} ${problem}`);
  const protocol = PROTOCOLS.findLast((name) => valueOf(env, name) !== '');
  if (sendsTraces(env) && protocol !== undefined && valueOf(env, protocol) !== 'http/json')
    problems.push(`${protocol} must be http/json, which collectors take where they take protobuf`);
  return problems;
}

/** Prefixes that no other program's variables have. */
const OUR_PREFIX = /^(?:COTALKER|UPSTREAM)_/;
/** Variables that Kubernetes and Docker set for a service with such a name. */
const OF_A_SERVICE = /_(?:SERVICE_(?:HOST|PORT)(?:_\w+)?|PORT(?:_\d+_\w+)?)$/;
/** Shorter names of other programs, such as `SHELL`, can be similar by chance. */
const MIN_LENGTH = 7;

/**
 * What to tell the operator of variables that are set, unknown, and look like ours: they begin like ours, lack the unit, or
 * differ by two letters. It names variables, never their values. OpenTelemetry's are left out: the gateway does not know them all.
 */
export const findUnknown = (env: RawEnvironment): readonly string[] =>
  Object.keys(env)
    .filter((name) => !Object.hasOwn(VARIABLES, name) && !name.startsWith('OTEL_'))
    .flatMap((name) => {
      const meant = nearest(name.toUpperCase());
      const says = `${name} is no variable of the gateway`;
      if (meant !== undefined) return `${says}: is ${meant} meant?`;
      return OUR_PREFIX.test(name) && !OF_A_SERVICE.test(name) ? says : [];
    });

const OURS = Object.keys(VARIABLES).filter((name) => name.length >= MIN_LENGTH);

function nearest(name: string): string | undefined {
  const withUnit = `${name}_MS`;
  if (Object.hasOwn(VARIABLES, withUnit)) return withUnit;
  if (name.length < MIN_LENGTH) return undefined;
  return OURS.map((ours) => [ours, distance(ours, name)] as const)
    .filter(([ours, edits]) => edits <= (ours.length > 9 ? 2 : 1))
    .toSorted(([, a], [, b]) => a - b)[0]?.[0];
}

/** The number of letters to insert, delete, change or swap to turn one into the other (Damerau and Levenshtein). */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const change = (above[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swap = isSwapped ? (before[column - 2] ?? Infinity) + 1 : Infinity;
      line.push(Math.min(change, swap, (above[column] ?? 0) + 1, (line[column - 1] ?? 0) + 1));
    }
    before = above;
    above = line;
  }
  return above[b.length] ?? 0;
}
