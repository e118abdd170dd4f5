import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Attributes = Readonly<Record<string, string | number>>;

/** A span as a collector gets to see it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** 2: server, 3: client. */
  readonly kind: number;
  /** 2: error. */
  readonly status: number | undefined;
  readonly attributes: Attributes;
  /** Of the process that sent it. */
  readonly resource: Attributes;
  readonly ms: number;
  /** When it ended, as `Date.now()` counts. */
  readonly endedAt: number;
}

/** A stand-in for an OpenTelemetry collector: OTLP over HTTP, as JSON. */
export interface Collector {
  readonly url: string;
  readonly spans: ReceivedSpan[];
  /** What came, to the letter: each request's head and body. */
  readonly bodies: string[];
  /** What it answers with; it takes spans with 200 alone. */
  status: number;
  /** What it says then. */
  answer: string;
  close(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const spans: ReceivedSpan[] = [];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => (body += part));
    request.on('end', () => {
      bodies.push(`${request.url ?? ''} ${JSON.stringify(request.headers)}\n${body}`);
      const { status, answer } = collector;
      if (request.url === '/v1/traces' && status === 200) spans.push(...decode(JSON.parse(body)));
      response.writeHead(status, { 'content-type': 'application/json' }).end(answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const collector: Collector = {
    status: 200,
    answer: '{}',
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    bodies,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return collector;
}

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
const decode = ({ resourceSpans }: any): ReceivedSpan[] =>
  resourceSpans.flatMap(({ resource, scopeSpans }: any) =>
    scopeSpans.flatMap(({ spans }: any) =>
      spans.map((span: any) => ({
        ...{ traceId: span.traceId, spanId: span.spanId, parentSpanId: span.parentSpanId },
        ...{ name: span.name, kind: span.kind, status: span.status.code },
        attributes: attributesOf(span.attributes),
        resource: attributesOf(resource.attributes),
        endedAt: Number(BigInt(span.endTimeUnixNano) / 1_000_000n),
        ms: Number(BigInt(span.endTimeUnixNano) - BigInt(span.startTimeUnixNano)) / 1e6,
      })),
    ),
  );

const attributesOf = (list: any[]): Attributes =>
  Object.fromEntries(
    list.map(({ key, value }) => [key, value.stringValue ?? Number(value.intValue)]),
  );
