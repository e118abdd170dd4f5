export interface ConnectionLimits {
  /** For all headers of a request, and for the first request of a new connection. */
  readonly headersTimeoutMs: number;
  /** For a whole request, its body included. */
  readonly requestTimeoutMs: number;
  /** Between two requests on a connection. */
  readonly keepAliveTimeoutMs: number;
  /** The time for a caller to take its answer, from when it stops reading. */
  readonly sendTimeoutMs: number;
  /** How long the server waits for a slow caller if another caller needs room. */
  readonly patienceMs: number;
  readonly checkIntervalMs: number;
  readonly maxHeaderBytes: number;
  readonly maxConnections: number;
  /** The most bodies in arrival, and the most bytes of them. Above, the oldest is cut off. */
  readonly maxBodies: number;
  readonly maxBytes: number;
}

export const CONNECTION_LIMITS: ConnectionLimits = {
  // A few kB that every client sends at once. nginx and Node wait 60 s, which slowloris attacks use.
  headersTimeoutMs: 10_000,
  // The largest body, 1 MB, from a phone at 300 kbit/s. Node waits 300 s.
  requestTimeoutMs: 30_000,
  // Longer than the 600 s after which load balancers of the large clouds drop an idle connection. If it were
  // shorter, a load balancer would sometimes use a closed connection, and answer 502. `KEEP_ALIVE_MS`.
  keepAliveTimeoutMs: 620_000,
  // Like nginx's send_timeout, but in total: a caller cannot extend it by reading a byte now and then.
  sendTimeoutMs: 60_000,
  // A round trip around the world and a lost packet.
  patienceMs: 2000,
  checkIntervalMs: 1000,
  // Node's default, stated here: enough for the largest token and the query of a GET.
  maxHeaderBytes: 16_384,
  // An idle connection takes some 22 kB, so all take 110 MB. Further connections are dropped.
  maxConnections: 5000,
  // Nearly all bodies come with their headers. A thousand slow bodies at once are more than a process serves.
  maxBodies: 1000,
  maxBytes: 64 * 1024 * 1024,
};
