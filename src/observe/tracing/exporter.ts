import type { Tracer } from '@opentelemetry/api';
import { nodeCodeOf } from '../../cotalker/wire/node-code.ts';
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
  /** Sends what is left; waits no longer than {@link CLOSE_MS} for a collector that does not answer. */
  close(): Promise<void>;
}

/** The collector does not take spans any more, or takes them again. Told once for each change. */
export type OnCollectorChange = (change: CollectorFailure | 'well') => void;

/** Why, in as far as that is safe to tell: its HTTP status, or Node's name for what happened. */
export interface CollectorFailure {
  readonly status: number | undefined;
  readonly code: string | undefined;
}

const CLOSE_MS = 2000;
/** The default of OpenTelemetry. */
const DELAY_MS = 5000;
/** `ExportResultCode` of `@opentelemetry/core`, which comes with the exporter. */
const SUCCESS = 0;

/**
 * Sends spans to a collector by OTLP over HTTP, as JSON. Where to, and as what, say OpenTelemetry's own
 * variables, which the exporter and the resource read: `OTEL_EXPORTER_OTLP_ENDPOINT`, `…_TRACES_ENDPOINT`,
 * `…_HEADERS`, `…_TIMEOUT`, `…_COMPRESSION`, `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`.
 *
 * To be imported only where it is used: it takes 8 MB of memory, and 60 ms at the start.
 *
 * @param delayMs How long spans are gathered at the most.
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
      const patience = new Promise((resolve) => setTimeout(resolve, CLOSE_MS));
      // That it fails has been told, and is no reason to end with an error.
      await Promise.race([provider.shutdown().catch(() => undefined), patience]);
    },
  };
}

/**
 * The exporter, with an eye on how it fares. Not OpenTelemetry's own log (`diag`), which has errors as text: with
 * the address, which may hold a key, and what the collector answered.
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
