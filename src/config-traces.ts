import { isUrlSet } from './config-values.ts';

/*
 * OpenTelemetry's own variables, of those that decide whether and how spans are sent. All others are read by
 * the exporter itself (`tracing/exporter.ts`).
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */

type Env = Readonly<Record<string, string | undefined>>;

const URL_PROBLEM = 'must be an http(s) URL without credentials, query or fragment, such as';

/** Where to; rows as of `VARIABLES`. The second is for traces alone, and has the last word. */
export const TRACE_VARIABLES = {
  OTEL_EXPORTER_OTLP_ENDPOINT: [isUrlSet, false, `${URL_PROBLEM} http://127.0.0.1:4318`],
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: [
    isUrlSet,
    false,
    `${URL_PROBLEM} http://127.0.0.1:4318/v1/traces`,
  ],
} as const;

type Row = (typeof TRACE_VARIABLES)[keyof typeof TRACE_VARIABLES];

/** Whether there is somewhere to send spans to. */
export const hasCollector = (read: (row: Row, name: string) => boolean): boolean =>
  // Each, so that what is wrong with either is said.
  Object.entries(TRACE_VARIABLES)
    .map(([name, row]) => read(row, name))
    .includes(true);

/** A variable, what it may be, and what to say where it is not. An empty one is unset, the case does not matter. */
const KNOWN = {
  OTEL_SDK_DISABLED: [['true', 'false'], 'must be true or false'],
  OTEL_TRACES_EXPORTER: [['otlp', 'none'], 'must be otlp or none'],
} as const;

/** The second is for traces alone, and has the last word. */
const PROTOCOLS = ['OTEL_EXPORTER_OTLP_PROTOCOL', 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL'] as const;

const valueOf = (env: Env, name: string): string => env[name]?.trim().toLowerCase() ?? '';

/**
 * Whether spans are to be sent, where there is somewhere to send them to.
 *
 * @param problems Gets what is wrong; nothing is where nothing is to be sent, since a platform may set these
 *   variables for all that runs on it.
 */
export function isSending(env: Env, problems: string[]): boolean {
  for (const [name, [values, problem]] of Object.entries(KNOWN)) {
    const value = valueOf(env, name);
    if (value !== '' && !(values as readonly string[]).includes(value))
      problems.push(`${name} ${problem}`);
  }
  if (valueOf(env, 'OTEL_SDK_DISABLED') === 'true') return false;
  if (valueOf(env, 'OTEL_TRACES_EXPORTER') === 'none') return false;
  const protocol = PROTOCOLS.findLast((name) => valueOf(env, name) !== '');
  if (protocol !== undefined && valueOf(env, protocol) !== 'http/json')
    problems.push(`${protocol} must be http/json, which collectors take where they take protobuf`);
  return true;
}
