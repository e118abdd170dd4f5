import { globalAgent } from 'node:http';
import { RESTDataSource } from '@apollo/datasource-rest';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { type Context, createLoaders, resolvers } from './resolvers.ts';
import { connections, type Get, port, typeDefs, upstreamUrl } from './rest.ts';

/*
 * Apollo Server + @apollo/datasource-rest, one data source per request, as its documentation has it. Its
 * client, node-fetch, uses Node's global agent, which keeps connections alive.
 */

globalAgent.maxSockets = connections;

class CotalkerApi extends RESTDataSource {
  override baseURL = `${upstreamUrl}/`;
  readonly #authorization: string;

  constructor(authorization: string, cache: ApolloServer<Context>['cache']) {
    super({ cache });
    this.#authorization = authorization;
  }

  override willSendRequest(_path: string, request: { headers: Record<string, string> }): void {
    request.headers['authorization'] = this.#authorization;
  }

  readonly read: Get = (path, query) =>
    this.get(path.slice(1), { params: new URLSearchParams(query) });
}

const server = new ApolloServer<Context>({ typeDefs, resolvers });
await startStandaloneServer(server, {
  listen: { port, host: '127.0.0.1' },
  context: async ({ req }) => {
    const get = new CotalkerApi(req.headers.authorization ?? '', server.cache).read;
    return { get, loaders: createLoaders(get) };
  },
});
