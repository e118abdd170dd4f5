import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FOLLOW, useLiveStage } from '../support/live-stage.ts';
import { fetchPieces } from '../support/relay-parts.ts';

/*
 * Relay, graphql-request and graphql-sse as they are installed; Apollo and urql are in apollo.test.ts.
 */

const { stage, setUp, change } = useLiveStage({ maxInFlight: 150 });
beforeEach(setUp);

/** Untyped: the packages are those of this folder, which the compiler does not see. */
const load = (name: string): Promise<any> => import(name);

const HEADERS = { authorization: 'Bearer sandbox-user' };
const urlOf = (): string => `${stage.gateway.url}/graphql`;
const connect = async () =>
  (await load('graphql-sse')).createClient({ url: urlOf(), headers: HEADERS });

/** Changes a group again and again, until an event has come. */
async function untilItComes(event: Promise<any>): Promise<any> {
  const timer = setInterval(() => change(1), 200);
  const result = await event;
  clearInterval(timer);
  return result;
}

const NODE = { __typename: 'StandardGroup', name: expect.stringMatching(/^Change /) };

describe('Relay', () => {
  const DOCUMENTS = {
    MenuQuery: `query MenuQuery($first: Int!) @throwOnFieldError {
      groups(first: $first) { totalCount nodes { __typename ... on MenuEntry { id name } } } }`,
    FollowSubscription: `subscription FollowSubscription {
      groupChanged { cursor node { __typename ... on MenuEntry { id name } } } }`,
    PartsQuery: `query PartsQuery { groups(first: 3) {
      totalCount ...Parts_nodes @defer ...PartsStreamed_nodes } }`,
    Parts: `fragment Parts_nodes on GroupConnection { pageInfo { hasNextPage } }`,
    PartsStreamed: `fragment PartsStreamed_nodes on GroupConnection {
      nodes @stream(initialCount: 1, label: "items") { __typename ... on MenuEntry { id name } } }`,
  };
  let folder: string;
  const compiled = async (name: string): Promise<any> =>
    (await load(join(folder, `src/__generated__/${name}.graphql.js`))).default;

  beforeAll(() => {
    folder = mkdtempSync(join(import.meta.dirname, '.relay-'));
    mkdirSync(join(folder, 'src'));
    copyFileSync('schema.graphql', join(folder, 'schema.graphql'));
    const config = { src: './src', schema: './schema.graphql', language: 'javascript' };
    writeFileSync(
      join(folder, 'relay.config.json'),
      JSON.stringify({ ...config, eagerEsModules: true }),
    );
    for (const [name, text] of Object.entries(DOCUMENTS))
      writeFileSync(join(folder, `src/${name}.js`), `graphql\`${text}\`;\n`);
    // The compiler takes no folder that is not under version control.
    execFileSync('git', ['init', '--quiet'], { cwd: folder });
    const compiler = join(import.meta.dirname, 'node_modules/relay-compiler/cli.js');
    execFileSync(process.execPath, [compiler], { cwd: folder, stdio: 'ignore' });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** With the network layer of Relay's documentation: `fetch`, and graphql-sse for subscriptions. */
  async function environment() {
    const { Environment, Network, Observable, RecordSource, Store } = await load('relay-runtime');
    const client = await connect();
    const fetchFn = async ({ text }: { text: string }, variables: object): Promise<unknown> => {
      const headers = { ...HEADERS, 'content-type': 'application/json' };
      const body = JSON.stringify({ query: text, variables });
      return (await fetch(urlOf(), { method: 'POST', headers, body })).json();
    };
    const subscribeFn = ({ text, name }: { text: string; name: string }, variables: object) =>
      Observable.create((sink: object) =>
        client.subscribe({ query: text, operationName: name, variables }, sink),
      );
    const network = Network.create(fetchFn, subscribeFn);
    return new Environment({ network, store: new Store(new RecordSource()) });
  }

  test('reads a query into its store', async () => {
    const { fetchQuery } = await load('relay-runtime');
    const query = await compiled('MenuQuery');
    const data = await fetchQuery(await environment(), query, { first: 2 }).toPromise();
    expect(data.groups).toMatchObject({
      totalCount: 4,
      nodes: [{ __typename: 'StandardGroup' }, { __typename: 'TaskGroup' }],
    });
  });

  test('reads an answer in parts into its store, each as it comes', async () => {
    const relay = await load('relay-runtime');
    const seen: any[] = [];
    const fetchInParts = ({ text }: { text: string }, variables: object) =>
      relay.Observable.create((sink: any) => {
        const read = async (): Promise<void> => {
          for await (const piece of fetchPieces(urlOf(), HEADERS, { query: text, variables })) {
            seen.push(piece);
            sink.next(piece);
          }
          sink.complete();
        };
        void read().catch((error: unknown) => sink.error(error));
      });
    const network = relay.Network.create(fetchInParts);
    const store = new relay.Store(new relay.RecordSource());
    const relayed = new relay.Environment({ network, store });
    stage.sandbox.fail({ template: '/v2/task-groups', delayMs: 200 });
    const query = await compiled('PartsQuery');
    const operation = relay.createOperationDescriptor(query, {});
    const states: any[] = [];
    const fragment = async (name: string, data: any): Promise<any> =>
      relayed.lookup(relay.getSelector(await compiled(name), data)).data;
    await new Promise<void>((complete, error) => {
      const next = () => states.push(relayed.lookup(operation.fragment).data.groups);
      relayed.execute({ operation }).subscribe({ next, complete, error });
    });
    const labels = seen.map(({ label }) => label);
    expect([labels[0], ...labels.slice(1).toSorted()]).toEqual([
      undefined,
      ...['PartsQuery$defer$Parts_nodes', 'PartsStreamed_nodes$stream$items'],
      'PartsStreamed_nodes$stream$items',
    ]);
    expect(states[0].totalCount).toBe(4);
    const { data } = relayed.lookup(operation.fragment);
    expect(await fragment('Parts_nodes', data.groups)).toEqual({ pageInfo: { hasNextPage: true } });
    const { nodes } = await fragment('PartsStreamed_nodes', data.groups);
    expect(nodes.map((node: any) => node.__typename)).toEqual([
      ...['StandardGroup', 'TaskGroup', 'StandardGroup'],
    ]);
  });

  test('throws where a field that it takes for non-null has an error', async () => {
    const { fetchQuery } = await load('relay-runtime');
    stage.sandbox.fail({ template: '/v2/groups', status: 403 });
    const query = await compiled('MenuQuery');
    const asked = fetchQuery(await environment(), query, { first: 2 }).toPromise();
    await expect(asked).rejects.toThrow('Relay: Unexpected response payload');
  });

  test('follows a subscription', async () => {
    const { requestSubscription } = await load('relay-runtime');
    const [to, subscription] = [await environment(), await compiled('FollowSubscription')];
    const leaving: (() => void)[] = [];
    const event = new Promise<any>((onNext, onError) => {
      const request = { subscription, variables: {}, onNext, onError };
      leaving.push(requestSubscription(to, request).dispose);
    });
    expect((await untilItComes(event)).groupChanged.node).toMatchObject(NODE);
    for (const leave of leaving) leave();
  });
});

describe('graphql-request', () => {
  const COUNT = 'query Count($first: Int) { groups(first: $first) { totalCount } }';

  test.each(['POST', 'GET'])('reads a query by %s', async (method) => {
    const { GraphQLClient } = await load('graphql-request');
    const client = new GraphQLClient(urlOf(), { headers: HEADERS, method, jsonSerializer: JSON });
    const data = await client.request(COUNT, { first: 1 });
    expect(data).toEqual({ groups: { totalCount: 4 } });
  });

  test('has the code of an error, and data beside it where it asks for both', async () => {
    const { GraphQLClient } = await load('graphql-request');
    const query = `{ groups { totalCount } group(id: "nonsense") { __typename } }`;
    const client = (options: object) =>
      new GraphQLClient(urlOf(), { headers: HEADERS, ...options });
    await expect(client({}).request(query)).rejects.toMatchObject({
      response: { errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
    });
    const { data, errors } = await client({ errorPolicy: 'all' }).rawRequest(query);
    expect([data.groups, errors.length]).toEqual([{ totalCount: 4 }, 1]);
  });
});

describe('graphql-sse', () => {
  test('follows a subscription, and takes a query too', async () => {
    const client = await connect();
    const events = client.iterate({ query: FOLLOW });
    const { value } = await untilItComes(events.next());
    expect(value.data.groupChanged.node).toMatchObject(NODE);
    await events.return();
    const { value: answer } = await client.iterate({ query: '{ groups { totalCount } }' }).next();
    expect(answer).toEqual({ data: { groups: { totalCount: 4 } } });
  });

  test('has the error of a query that is not valid', async () => {
    const events = (await connect()).iterate({ query: 'subscription { nope }' });
    const told = await events.next().catch((error: unknown) => error);
    expect(JSON.stringify(told)).toContain('GRAPHQL_VALIDATION_FAILED');
  });
});
