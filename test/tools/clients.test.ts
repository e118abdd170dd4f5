import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { FOLLOW, useLiveStage } from '../support/live-stage.ts';

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

  test('reads a query', async () => {
    const { request } = await load('graphql-request');
    const data = await request(urlOf(), COUNT, { first: 1 }, HEADERS);
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
