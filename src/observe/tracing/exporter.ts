import type { Tracer } from '@opentelemetry/api';
import { nodeCodeOf } from '../../cotalker/wire/failure.ts';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import {
  detectResources,
  resourceAttributesEnvDetector,
  resourceFromAttributes,
  serviceNameEnvDetector,
} from '@opentelemetry/resources';
import { BatchSpanProcessor, type SpanExporter, TracerProvider } from '@opentelemetry/sdk-trace';

export interface SpanExport {
  readonly tracer: Tracer;
  /** Sends the remaining spans. Waits at most {@link CLOSE_MS} for a collector that does not answer. */
  close(): Promise<void>;
}

/** Called once for each change: the collector no longer accepts spans, or accepts them again. */
export type OnCollectorChange = (change: CollectorFailure | 'well') => void;

/** The cause, without private data: the HTTP status, or Node's error code. */
export interface CollectorFailure {
  readonly status: number | undefined;
  readonly code: string | undefined;
}

const CLOSE_MS = 2000;
const DELAY_MS = 5000;
/** `ExportResultCode` of `@opentelemetry/core`, which comes with the exporter. */
const SUCCESS = 0;

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON. OpenTelemetry's own variables set the address and the
 * resource; the exporter reads them itself: `OTEL_EXPORTER_OTLP_ENDPOINT`, `…_TRACES_ENDPOINT`, `…_HEADERS`,
 * `…_TIMEOUT`, `…_COMPRESSION`, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`.
 *
 * Import it only if it is used: it takes 8 MB of memory, and 60 ms at the start.
 *
 * @param delayMs The longest time for which spans are collected before they are sent.
 */
export function startExport(onChange: OnCollectorChange, delayMs = DELAY_MS): SpanExport {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'cotalker-gateway' }).merge(
      detectResources({ detectors: [resourceAttributesEnvDetector, serviceNameEnvDetector] }),
    ),
    spanProcessors: [
      new BatchSpanProcessor({
        exporter: watch(new OTLPTraceExporter(), onChange),
        scheduledDelayMillis: delayMs,
      }),
    ],
  });
  return {
    tracer: provider.getTracer('cotalker-gateway'),
    close: async () => {
      const { promise: late, resolve } = Promise.withResolvers<unknown>();
      const timer = setTimeout(resolve, CLOSE_MS);
      // The failure is in the log already, and is no reason for an exit code of 1.
      await Promise.race([provider.shutdown().catch(() => undefined), late]);
      // Or the process would stay until it fires.
      clearTimeout(timer);
    },
  };
}

/**
 * An exporter that reports its failures. We do not use OpenTelemetry's own log (`diag`): its error texts hold the
 * address, which may contain a key, and the collector's answer.
 */
function watch(exporter: SpanExporter, onChange: OnCollectorChange): SpanExporter {
  let isWell = true;
  return {
    export: (spans, conclude) =>
      exporter.export(spans, (result) => {
        const wasWell = isWell;
        const { code }: { readonly code: number } = result;
        isWell = code === SUCCESS;
        if (wasWell && !isWell) onChange(failureOf(result.error));
        if (!wasWell && isWell) onChange('well');
        conclude(result);
      }),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
  };
}

function failureOf(error: (Error & { readonly code?: unknown }) | undefined): CollectorFailure {
  const status = typeof error?.code === 'number' ? error.code : undefined;
  return { status, code: nodeCodeOf(error ?? {}) ?? nodeCodeOf(error?.cause ?? {}) };
}
