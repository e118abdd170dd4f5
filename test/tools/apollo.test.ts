import { beforeEach, describe, expect, test } from '@jest/globals';
import { FOLLOW, useLiveStage } from '../support/live-stage.ts';

/*
 * Apollo Client as it is installed, without a setting that its documentation does not have.
 */

const { stage, setUp, change } = useLiveStage();
beforeEach(setUp);

/** Untyped: the packages are those of this folder, which the compiler does not see. */
const load = (name: string): Promise<any> => import(name);

async function connect(options: object = {}) {
  const { ApolloClient, HttpLink, InMemoryCache, gql } = await load('@apollo/client');
  const link = new HttpLink({
    uri: `${stage.gateway.url}/graphql`,
    headers: { authorization: 'Bearer sandbox-user' },
  });
  return { gql, link, client: new ApolloClient({ cache: new InMemoryCache(), link, ...options }) };
}

const IN_PARTS = '{ groups(first: 1) { totalCount ... @defer { nodes { __typename } } } }';

describe('an answer that may come in parts', () => {
  test.each(['Defer20220824Handler', 'GraphQL17Alpha9Handler'])('with %s', async (handler) => {
    const { [handler]: Handler } = await load('@apollo/client/incremental');
    const { client, gql } = await connect({ incrementalHandler: new Handler() });
    const { data, error } = await client.query({ query: gql(IN_PARTS) });
    expect(error).toBeUndefined();
    expect(data.groups).toMatchObject({ totalCount: 4, nodes: [{ __typename: 'StandardGroup' }] });
  });
});

test('a subscription', async () => {
  const { client, gql } = await connect();
  const event = new Promise<any>((resolve, reject) => {
    client.subscribe({ query: gql(FOLLOW) }).subscribe({ next: resolve, error: reject });
  });
  const timer = setInterval(() => change(1), 200);
  const { data } = await event;
  clearInterval(timer);
  expect(data.groupChanged.node).toMatchObject({ __typename: 'StandardGroup' });
  client.stop();
});
