import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { type Context, createLoaders, resolvers } from './resolvers.ts';
import { type Get, port, typeDefs } from './rest.ts';

/**
 * GraphQL Yoga in production: its defaults, without logging, GraphiQL and landing page.
 *
 * @param more Beyond that.
 */
export function serveYoga(
  createGet: (authorization: string) => Get,
  more: Pick<Parameters<typeof createYoga>[0], 'plugins' | 'maxRequestBodySize'> = {},
): void {
  const yoga = createYoga({
    schema: createSchema<Context>({ typeDefs, resolvers }),
    context: ({ request }) => {
      const get = createGet(request.headers.get('authorization') ?? '');
      return { get, loaders: createLoaders(get) };
    },
    logging: false,
    graphiql: false,
    landingPage: false,
    ...more,
  });
  createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1');
}
