import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { buildSchema, isAbstractType, isObjectType } from 'graphql';
import { useLiveStage } from '../support/live-stage.ts';
import { plant, rawGroup, rawTaskGroup } from '../support/stage.ts';

/*
 * `examples/preset` with the clients that it is for. Each promise fails with the client's own defaults, which the
 * tests show where that is what the preset is for.
 */

const { stage, setUp, firstEvent } = useLiveStage({ maxInFlight: 150 });
beforeEach(setUp);

// Beside the packages, which a copy in an app has beside it, too.
const folder = mkdtempSync(join(import.meta.dirname, '.preset-'));
cpSync('examples/preset', folder, { recursive: true });
afterAll(() => rmSync(folder, { recursive: true }));

/** Untyped: the packages are those of this folder, which the compiler does not see. */
const load = (name: string): Promise<any> =>
  import(name.startsWith('./') ? join(folder, name) : name);
const gateway = () => ({ url: `${stage.gateway.url}/graphql`, token: () => 'sandbox-user' });

const SCHEMA = buildSchema(readFileSync('schema.graphql', 'utf8'));
const PAGE =
  'query Page($after: String) { groups(first: 2, after: $after) { edges { cursor node { __typename ... on MenuEntry { id name } } } pageInfo { hasNextPage endCursor } } }';
const CHANGES =
  'subscription ($after: String) { groupChanged(after: $after) { cursor node { __typename ... on MenuEntry { id name icon { path } } } } }';

test('types.ts says what the schema says', async () => {
  const { possibleTypes, typesWithoutId, lists } = await load('./types.ts');
  const types = Object.values(SCHEMA.getTypeMap()).filter(({ name }) => !name.startsWith('__'));
  const abstract = types.filter(isAbstractType);
  const members = abstract.map((type) => [
    type.name,
    SCHEMA.getPossibleTypes(type)
      .map(({ name }) => name)
      .toSorted(),
  ]);
  expect(possibleTypes).toEqual(Object.fromEntries(members));
  const roots = ['Query', 'Subscription'];
  const objects = types.filter(isObjectType).filter(({ name }) => !roots.includes(name));
  const isKeyed = (type: (typeof objects)[number]): boolean =>
    String(type.getFields()['id']?.type) === 'ID!' || /(Connection|Edge|PageInfo)$/.test(type.name);
  expect(typesWithoutId).toEqual(
    objects
      .filter((type) => !isKeyed(type))
      .map(({ name }) => name)
      .toSorted(),
  );
  const connections = types.filter(isObjectType).flatMap((type) =>
    Object.values(type.getFields())
      .filter((field) => String(field.type).endsWith('Connection'))
      .map(({ name, args }) => [
        `${type.name}.${name}`,
        args.map((arg) => arg.name).filter((arg) => !['first', 'after', 'before'].includes(arg)),
      ]),
  );
  const said = Object.entries(lists).flatMap(([type, fields]) =>
    Object.entries(fields as object).map(([name, args]) => [`${type}.${name}`, args]),
  );
  expect(Object.fromEntries(said)).toEqual(Object.fromEntries(connections));
});

describe('apollo.ts', () => {
  const withLink = (): void => {
    const unsafe = { link: { url: 'javascript:alert(1)', openType: 'external' } };
    plant(stage, [{ ...rawGroup(1), ...unsafe }, rawGroup(2)], [rawTaskGroup(2)]);
  };
  const MENU =
    'query { groups { edges { cursor node { ... on LinkGroup { url } ... on MenuEntry { name } } } } }';

  test('one link that is held back leaves the rest in place; the default throws it away', async () => {
    withLink();
    const { gql, ApolloClient, InMemoryCache, HttpLink } = await load('@apollo/client');
    const { createApolloClient } = await load('./apollo.ts');
    const { data, error } = await createApolloClient(gateway()).query({ query: gql(MENU) });
    expect(data.groups.edges.map(({ node }: any) => node.name)).toEqual(['Group 1', 'Group 2']);
    expect(error.errors[0].extensions.code).toBe('UNSAFE_URL');

    const headers = { authorization: 'Bearer sandbox-user' };
    const link = new HttpLink({ uri: gateway().url, headers });
    const plain = new ApolloClient({ link, cache: new InMemoryCache() });
    await expect(plain.query({ query: gql(MENU) })).rejects.toThrow('held back');
  });

  test('a list keeps its pages, and each filter has its own', async () => {
    const { gql } = await load('@apollo/client');
    const { createApolloClient } = await load('./apollo.ts');
    const client = createApolloClient(gateway());
    const list = client.watchQuery({ query: gql(PAGE) });
    const seen: number[] = [];
    const done = new Promise<void>((resolve) => {
      list.subscribe(({ data, loading }: any) => {
        if (loading || !data?.groups) return;
        seen.push(data.groups.edges.length);
        const { hasNextPage, endCursor } = data.groups.pageInfo;
        if (hasNextPage) void list.fetchMore({ variables: { after: endCursor } });
        else resolve();
      });
    });
    await done;
    expect(seen.at(-1)).toBe(4);
    const query = gql(
      '{ groups(filter: { type: TASK }) { edges { cursor node { __typename } } } }',
    );
    const { data } = await client.query({ query });
    expect(data.groups.edges).toHaveLength(1);
    client.stop();
  });

  test('a subscription comes as events, and leaving it ends it at the gateway', async () => {
    const { gql } = await load('@apollo/client');
    const { createApolloClient } = await load('./apollo.ts');
    const client = createApolloClient(gateway());
    const { data } = await firstEvent((next) =>
      client.subscribe({ query: gql(CHANGES) }).subscribe({ next, error: next }),
    );
    expect(data.groupChanged.node).toMatchObject({ __typename: 'StandardGroup' });
  });
});

describe('urql.ts', () => {
  const connect = async (isNormalized: boolean) => {
    const { createUrqlClient } = await load('./urql.ts');
    const { normalizedCache } = await load('./graphcache.ts');
    return createUrqlClient(gateway(), isNormalized ? normalizedCache() : undefined);
  };

  test('a list keeps its pages in Graphcache, which has a key or its absence for each type', async () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const client = await connect(true);
    const first = await client.query(PAGE, {});
    const after = first.data.groups.pageInfo.endCursor;
    const second = await client.query(PAGE, { after });
    expect(second.data.groups.edges).toHaveLength(4);
    const ICONS =
      '{ groups { edges { node { ... on MenuEntry { id icon { path } actions { name } } ... on TaskGroup { id stateMachine { id states { id transitions { by } } } } } } } }';
    await client.query(ICONS, {});
    const warnings = warn.mock.calls.map(String);
    warn.mockRestore();
    // Without the whole schema, it looks for the fields of each fragment in each member of a union.
    expect(warnings.filter((text) => !text.startsWith('Invalid undefined'))).toEqual([]);
  });

  test.each([false, true])('a subscription, with Graphcache: %s', async (isNormalized) => {
    const client = await connect(isNormalized);
    const { data } = await firstEvent((next) => client.subscription(CHANGES, {}).subscribe(next));
    expect(data.groupChanged.node).toMatchObject({ __typename: 'StandardGroup' });
  });
});

test('relay.ts: a query tells its errors, and a subscription is left', async () => {
  const { createRelayEnvironment } = await load('./relay.ts');
  const codes: string[] = [];
  const onError = ({ extensions }: any) => codes.push(extensions.code);
  const network = createRelayEnvironment(
    { ...gateway(), token: () => 'no' },
    { onError },
  ).getNetwork();
  const execute = (net: any, text: string, kind: string) =>
    net.execute({ text, operationKind: kind, name: 'Any', metadata: {} }, {}, {});
  await execute(network, '{ groups { totalCount } }', 'query').toPromise();
  expect(codes).toEqual(['UNAUTHENTICATED']);

  const subscribed = createRelayEnvironment(gateway()).getNetwork();
  const event = await firstEvent((next) =>
    execute(subscribed, CHANGES, 'subscription').subscribe({ next, error: next }),
  );
  expect(event.data.groupChanged.node.__typename).toBe('StandardGroup');
});
