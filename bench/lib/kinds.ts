/** The kinds of work in a request, for a profile: by the file or package that it is charged to. */
const KINDS: readonly (readonly [kind: string, pattern: RegExp])[] = [
  ['garbage', /^\(garbage collector\)$/],
  ['JSON of Cotalker', /unpack\.ts$/],
  ['sending and receiving calls', /^(undici|got)$/],
  [
    'records, models, paging',
    /^(src\/(cotalker\/(records|paging|endpoints|traits)|mapping|loaders)|dataloader|bench\/peers)/,
  ],
  [
    'around a call: shared, limited, retried, traced',
    /^(src\/(cotalker|token-hash|clock)|lru-cache$)/,
  ],
  [
    'query: parsed, bounded, executed',
    /^(src\/(graphql|resolvers|context)|graphql(-jit)?$|@envelop|mercurius$|single-user-cache$|tiny-lru$|quick-lru$)/,
  ],
  [
    'HTTP of callers',
    /^(src\/http|@whatwg-node|graphql-yoga$|fastify$|find-my-way$|secure-json-parse$|safe-stable-stringify$|content-type$)/,
  ],
  ['log and metrics', /^(src\/observe|pino$|sonic-boom$|quick-format-unescaped$|@prometheus-io)/],
];

/** What neither of them asks for: Node's own work, such as reading from a socket, and V8's. */
const REST = 'Node itself';

/**
 * @param charged The file, package or part of Node that asked for the work.
 * @param functionName Where it was spent.
 */
export function kindOf(charged: string, functionName: string): string {
  // undici's own name for the end of a body, where it parses.
  if (functionName === 'consumeEnd') return 'JSON of Cotalker';
  if (/stringify/i.test(functionName)) return 'JSON of the answer';
  return KINDS.find(([, pattern]) => pattern.test(charged))?.[0] ?? REST;
}
