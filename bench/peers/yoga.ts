import { createServer } from 'node:http';
import { createSchema, createYoga } from 'graphql-yoga';
import { type Context, createLoaders, resolvers } from './resolvers.ts';
import { type Get, port, typeDefs } from './rest.ts';

/** GraphQL Yoga in production: its defaults, without logging, GraphiQL and landing page. */
export function serveYoga(createGet: (authorization: string) => Get): void {
  const yoga = createYoga({
    schema: createSchema<Context>({ typeDefs, resolvers }),
    context: ({ request }) => {
      const get = createGet(request.headers.get('authorization') ?? '');
      return { get, loaders: createLoaders(get) };
    },
    logging: false,
    graphiql: false,
    landingPage: false,
  });
  createServer((request, response) => void yoga(request, response)).listen(port, '127.0.0.1');
}
