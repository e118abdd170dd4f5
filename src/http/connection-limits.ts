/** What one connection may take from the server: time, bytes, and a place among the others. */
export interface ConnectionLimits {
  /** For all headers of a request, and for the first request of a new connection. */
  readonly headersTimeoutMs: number;
  /** For a whole request, its body included. */
  readonly requestTimeoutMs: number;
  /** Between two requests on a connection. */
  readonly keepAliveTimeoutMs: number;
  /** For a caller to take its answer, from when it stops reading. */
  readonly sendTimeoutMs: number;
  /** How long a caller may be waited for where its place is wanted by another. */
  readonly patienceMs: number;
  /** How often all of these are looked at. */
  readonly checkIntervalMs: number;
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** Bodies that are on their way, and bytes that have come of them; beyond, the oldest is cut. */
  readonly maxBodies: number;
  readonly maxBytes: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  // A few kB that every client sends at once; nginx and Node wait 60 s, which is what slowloris lives on.
  headersTimeoutMs: 10_000,
  // The largest body, 1 MB, from a phone at 300 kbit/s. Node waits 300 s.
  requestTimeoutMs: 30_000,
  // Longer than the 600 s after which the load balancers of the large clouds drop an idle connection: were it shorter, a
  // request of the balancer's would meet a closed connection now and then, and fail with a 502. `KEEP_ALIVE_MS`.
  keepAliveTimeoutMs: 620_000,
  // As nginx's send_timeout, but in all: it cannot be drawn out by reading a byte now and then.
  sendTimeoutMs: 60_000,
  // A round trip around the world and a lost packet.
  patienceMs: 2000,
  checkIntervalMs: 1000,
  // Node's default, stated: room for the largest token and a GET's query.
  maxHeaderBytes: 16_384,
  // An idle connection takes some 22 kB, so all of them 110 MB. Those beyond are dropped.
  maxConnections: 5000,
  // Nearly all bodies come with their headers. A thousand phones at once are more than a process serves.
  maxBodies: 1000,
  maxBytes: 64 * 1024 * 1024,
};
