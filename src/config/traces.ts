import type { RawEnvironment } from './variables.ts';

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

/** Whether to send spans: there is an address, and no variable forbids it. */
export const sendsTraces = (env: RawEnvironment): boolean =>
  ENDPOINTS.some((name) => env[name]) &&
  valueOf(env, 'OTEL_SDK_DISABLED') !== 'true' &&
  valueOf(env, 'OTEL_TRACES_EXPORTER') !== 'none';

/**
 * What is wrong with the variables for spans. Without an address nothing is wrong: a platform may set these
 * variables for all its programs.
 */
export function traceProblems(env: RawEnvironment): string[] {
  if (!ENDPOINTS.some((name) => env[name])) return [];
  const problems = Object.entries(KNOWN)
    .filter(([name, [values]]) => !['', ...values].includes(valueOf(env, name)))
    .map(([name, [, problem]]) => `${name} ${problem}`);
  const protocol = PROTOCOLS.findLast((name) => valueOf(env, name) !== '');
  if (sendsTraces(env) && protocol !== undefined && valueOf(env, protocol) !== 'http/json')
    problems.push(`${protocol} must be http/json, which collectors take where they take protobuf`);
  return problems;
}
