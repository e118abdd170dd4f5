import { asking, type Exchange } from '../exchange.ts';

const HTML = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' };

type More = Partial<Exchange>;
const get = (target: string, more: More = {}): Exchange => ({
  name: `GET ${target}${more.gateway === undefined ? '' : ` of ${more.gateway}`}`,
  method: 'GET',
  target,
  ...more,
});

export const PAGES: readonly Exchange[] = [
  ...['/health', '/ready', '/metrics', '/schema.graphql', '/graphiql', '/graphql'].map((target) =>
    get(target),
  ),
  ...['/health', '/ready', '/metrics', '/schema.graphql', '/graphiql', '/graphql'].map((target) =>
    get(target, { gateway: 'pages' }),
  ),
  ...['/health', '/ready', '/schema.graphql', '/graphql'].map((target) =>
    get(target, { gateway: 'closed' }),
  ),
  ...['/health', '/ready', '/schema.graphql', '/health/', '//health', '/'].map((target) =>
    get(target, { gateway: 'full' }),
  ),
  asking('a query of full', '{ __typename }', { gateway: 'full' }),
  asking('a query of full, application/graphql-response+json', '{ __typename }', {
    gateway: 'full',
    headers: { accept: 'application/graphql-response+json' },
  }),
  asking('a query of full, text/event-stream', '{ __typename }', {
    gateway: 'full',
    headers: { accept: 'text/event-stream' },
  }),
  ...['/health?x=1', '/ready?x=/health', '/health/', '/Health', '/schema.graphql?x'].map((target) =>
    get(target),
  ),
  ...['POST', 'HEAD', 'PUT', 'OPTIONS'].flatMap((method) =>
    ['/health', '/ready', '/metrics', '/schema.graphql'].map((target) => ({
      ...{ name: `${method} ${target}`, gateway: 'pages' as const, method, target },
    })),
  ),
  { ...get('/graphql', { gateway: 'pages', headers: HTML }), name: 'GraphiQL' },
  {
    ...get('/graphql', { gateway: 'pages', headers: HTML, method: 'HEAD' }),
    name: 'HEAD of GraphiQL',
  },
  { ...get('/graphql', { headers: HTML }), name: 'GraphiQL where it is off' },
  {
    ...get('/graphql?query={__typename}', { gateway: 'pages', headers: HTML }),
    name: 'GraphiQL with a query',
  },
  ...['/graphiql/start.js', '/graphiql/nope.js', '/graphiql/../start.js', '/graphiql/'].map(
    (target) => get(target, { gateway: 'pages' }),
  ),
  {
    ...get('/schema.graphql', { headers: { 'if-none-match': '*' } }),
    name: 'the schema, if it is another one',
  },
  {
    ...get('/schema.graphql', { headers: { 'if-none-match': '"nope"' } }),
    name: 'the schema, if it is not "nope"',
  },
];
