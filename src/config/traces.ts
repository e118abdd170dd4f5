import type { RawEnvironment } from './variables.ts';

/*
 * OpenTelemetry's own variables, of those that decide whether and how spans are sent. All others are read by
 * the exporter itself (`observe/tracing/exporter.ts`).
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */

/** Where to; the second is for traces alone. */
const ENDPOINTS = ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] as const;

/** A variable, what it may be, and what to say where it is not. An empty one is unset, the case does not matter. */
const KNOWN = {
  OTEL_SDK_DISABLED: [['true', 'false'], 'must be true or false'],
  OTEL_TRACES_EXPORTER: [['otlp', 'none'], 'must be otlp or none'],
} as const;

/** The second is for traces alone, and has the last word. */
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] as const;

const valueOf = (env: RawEnvironment, name: string): string =>
  env[name]?.trim().toLowerCase() ?? '';

/** Whether spans are to be sent: there is somewhere to send them to, and nothing forbids it. */
export const sendsTraces = (env: RawEnvironment): boolean =>
  ENDPOINTS.some((name) => env[name]) &&
  valueOf(env, 'OTEL_SDK_DISABLED') !== 'true' &&
  valueOf(env, 'OTEL_TRACES_EXPORTER') !== 'none';

/**
 * What is wrong with how spans are to be sent. Nothing is where there is nowhere to send them to, since a platform may
 * set these variables for all that runs on it.
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
