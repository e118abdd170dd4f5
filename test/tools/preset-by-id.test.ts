import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { useLiveStage } from '../support/live-stage.ts';

/* `examples/preset` in front of a gateway that takes no texts: each client sends ids, for subscriptions, too. */

const folder = mkdtempSync(join(import.meta.dirname, '.preset-'));
cpSync('examples/preset', folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

/** With `__typename`, which caches need. */
const COUNT = `query Count {
  groups {
    totalCount
    __typename
  }
}`;
const CHANGES = `subscription Changes($after: String) {
  groupChanged(after: $after) {
    cursor
    node {
      ... on MenuEntry {
        id
        __typename
      }
      __typename
    }
    __typename
  }
}`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const idOf: Readonly<Record<string, string>> = { Count: sha256(COUNT), Changes: sha256(CHANGES) };

const file = join(folder, 'documents.json');
writeFileSync(file, JSON.stringify({ [sha256(COUNT)]: COUNT, [sha256(CHANGES)]: CHANGES }));

const { stage, setUp, firstEvent } = useLiveStage({
  ...{ maxInFlight: 150, trustedDocuments: { file, mode: 'strict' } },
});
beforeEach(setUp);

const load = (name: string): Promise<any> =>
  import(name.startsWith('./') ? join(folder, name) : name);
const gateway = () => ({ url: `${stage.gateway.url}/graphql`, token: () => 'sandbox-user' });

const CHANGED = { groupChanged: { cursor: expect.any(String) } };

test('a text is refused', async () => {
  const { ask } = await load('./fetch.ts');
  const { errors } = await ask(gateway(), COUNT);
  expect(errors[0].extensions.code).toBe('PERSISTED_QUERY_ONLY');
});

test('fetch.ts and follow.ts', async () => {
  const { ask } = await load('./fetch.ts');
  const { data } = await ask(gateway(), { documentId: idOf['Count'] });
  expect(data.groups.totalCount).toBe(4);

  const { followInto } = await load('./follow.ts');
  const event = await firstEvent((next) => ({
    unsubscribe: followInto({ next, error: next }, gateway(), { documentId: idOf['Changes'] }),
  }));
  expect(event.data).toMatchObject(CHANGED);
});

test("apollo.ts, with the link of Apollo's persisted queries", async () => {
  const { gql } = await load('@apollo/client');
  const { PersistedQueryLink } = await load('@apollo/client/link/persisted-queries');
  const { createApolloClient } = await load('./apollo.ts');
  const generateHash = (document: any) => idOf[document.definitions[0].name.value];
  const client = createApolloClient(
    gateway(),
    new PersistedQueryLink({ generateHash, disable: () => false }),
  );
  const { data } = await client.query({ query: gql(COUNT) });
  expect(data.groups.totalCount).toBe(4);
  const event = await firstEvent((next) =>
    client.subscribe({ query: gql(CHANGES) }).subscribe({ next, error: next }),
  );
  expect(event.data).toMatchObject(CHANGED);
  client.stop();
});

test("urql.ts, with urql's exchange of persisted queries", async () => {
  const { persistedExchange } = await load('@urql/exchange-persisted');
  const { createUrqlClient } = await load('./urql.ts');
  const exchange = persistedExchange({
    ...{ enforcePersistedQueries: true, enableForSubscriptions: true },
    ...{ preferGetForPersistedQueries: false },
    generateHash: (_: string, document: any) =>
      Promise.resolve(idOf[document.definitions[0].name.value]),
  });
  const client = createUrqlClient(gateway(), undefined, exchange);
  expect((await client.query(COUNT, {})).data.groups.totalCount).toBe(4);
  const event = await firstEvent((next) => client.subscription(CHANGES, {}).subscribe(next));
  expect(event.data).toMatchObject(CHANGED);
});

describe('relay.ts, with ids of its compiler', () => {
  const execute = async (name: string, operationKind: string) => {
    const { createRelayEnvironment } = await load('./relay.ts');
    const network = createRelayEnvironment(gateway()).getNetwork();
    return network.execute(
      { text: null, id: idOf[name], operationKind, name, metadata: {} },
      {},
      {},
    );
  };

  test('a query', async () => {
    const { data } = await (await execute('Count', 'query')).toPromise();
    expect(data.groups.totalCount).toBe(4);
  });

  test('a subscription', async () => {
    const events = await execute('Changes', 'subscription');
    const event = await firstEvent((next) => events.subscribe({ next, error: next }));
    expect(event.data).toMatchObject(CHANGED);
  });
});
