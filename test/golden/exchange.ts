import type { Fault } from '../../sandbox/index.ts';

/** Which of the gateways is asked; see `gateways.ts`. */
export type GatewayName = 'open' | 'closed' | 'pages' | 'small' | 'strict' | 'mixed' | 'full';

/** A request to the byte, and what Cotalker does to it. */
export interface Exchange {
  readonly name: string;
  /** Default: `open`. */
  readonly gateway?: GatewayName;
  /** Default: POST. */
  readonly method?: string;
  /** Default: `/graphql`. */
  readonly target?: string;
  /** On top of {@link USUAL}; undefined leaves one of those out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent with its length. Default: none. */
  readonly body?: string;
  /** All that is sent, in the place of the above. */
  readonly raw?: string;
  /** The caller leaves once this has come. Default: the gateway ends the connection. */
  readonly ending?: string;
  /** Sent once with each of these in `Accept`; undefined: without it. */
  readonly accepts?: readonly (string | undefined)[];
  /** What Cotalker answers to all calls. */
  readonly fault?: Fault;
}

/** What each request has, unless it says otherwise; the type goes with a body. */
export const USUAL = {
  host: 'gateway.test',
  connection: 'close',
  authorization: 'Bearer sandbox-user',
  'content-type': 'application/json',
} as const;

/** A POST of a query, and of other parameters. */
export const asking = (
  name: string,
  query: unknown,
  { params, ...more }: Partial<Exchange> & { readonly params?: object } = {},
): Exchange => ({ name, body: JSON.stringify({ query, ...params }), ...more });

/** A GET with these parameters in its address. */
export const getting = (
  name: string,
  parameters: Readonly<Record<string, string>>,
  more: Partial<Exchange> = {},
): Exchange => ({
  name,
  method: 'GET',
  target: `/graphql?${new URLSearchParams(parameters).toString()}`,
  ...more,
});

/** GraphQL over HTTP in its newer media type, where errors have a status of their own. */
export const GRAPHQL_RESPONSE = { accept: 'application/graphql-response+json' };
