import { type Config, ConfigError } from './config/index.ts';

export interface GreetingFacts extends Pick<
  Config,
  'isSandboxStill' | 'graphiql' | 'trustedDocuments'
> {
  readonly address: string;
  readonly adminAddress: string | undefined;
  readonly upstream: { readonly url: string; readonly sandboxToken: string | undefined };
}

/** The message at the start: the gateway's address, its upstream, and how to try it. */
export function greeting(facts: GreetingFacts): string {
  const { address, adminAddress, upstream, isSandboxStill, graphiql, trustedDocuments } = facts;
  const { url, sandboxToken } = upstream;
  const endpoint = `${address}/graphql`;
  const lines = [
    `Cotalker gateway: ${endpoint}${graphiql ? '  (in a browser: GraphiQL)' : ''}`,
    sandboxToken === undefined
      ? `Upstream:         ${url}`
      : `Upstream:         the embedded sandbox, a made-up company at ${url}\n` +
        '                  (set COTALKER_API_URL=https://www.cotalker.com/api for the real service)',
  ];
  if (sandboxToken !== undefined)
    lines.push(
      isSandboxStill
        ? '                  It stays as it is (SANDBOX_STILL=on)'
        : '                  It changes every 20 seconds (with SANDBOX_STILL=on, it stays as it is)',
    );
  if (adminAddress !== undefined) lines.push(`Metrics:          ${adminAddress}/metrics`);
  if (trustedDocuments)
    lines.push(`Documents:        ${trustedDocuments.file ?? 'Redis'} (${trustedDocuments.mode})`);
  lines.push(`Another port:     ${onAnotherPort(portOf(address), adminAddress)}`);
  if (sandboxToken !== undefined && trustedDocuments?.mode !== 'strict')
    lines.push('', 'Try it:', '', tryIt(endpoint, sandboxToken));
  return `${lines.join('\n')}\n\n`;
}

const portOf = (address: string): number => Number(new URL(address).port || 80);

/** @param taken An address whose port is not free. */
function onAnotherPort(port: number, taken?: string): string {
  const next = port < 65_535 ? port + 1 : 4000;
  return `PORT=${taken !== undefined && next === portOf(taken) ? next + 1 : next} npm start`;
}

const tryIt = (endpoint: string, token: string): string =>
  [
    `curl ${endpoint} \\`,
    `  -H 'Authorization: Bearer ${token}' \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d '{"query": "{ mainMenu { __typename ... on MenuEntry { id name } } }"}'`,
  ].join('\n');

export function explainFailure(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const { code, message, port = 4000 } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use by another process. Choose another port: ${onAnotherPort(port)}`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return 'HOST is no address of this machine.';
  if (code === 'EAI_AGAIN') return 'HOST cannot be looked up: no name server answers.';
  if (code === 'EACCES') return 'PORT may not be opened by this user: set it to one above 1023.';
  return `The gateway could not start: ${message}`;
}
