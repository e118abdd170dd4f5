import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { objectId, planted, type RawRecord } from '../../sandbox/index.ts';
import { useFiles } from '../support/files.ts';
import { startGateway } from '../support/gateway.ts';
import { useStage } from '../support/stage.ts';

/*
 * What holds for every mutation, by the one of them that says most: `moveTask`.
 */

const stage = useStage();
const files = useFiles();

const stateId = (state: string): string => objectId('state', `field_works/${state}`);
const task = (): RawRecord => {
  const found = stage.sandbox.data.tasks.find(({ smState }) => smState === stateId('planned'));
  if (!found) throw new Error('no task');
  return found;
};
/** Written out, since a GET has no body. */
const moving = (to = 'in_progress'): string =>
  `mutation { moveTask(input: {
    groupId: "${objectId('group', 'field_works')}", taskId: "${String(task()['_id'])}", stateId: "${stateId(to)}"
  }) { task { id } errors { __typename message } } }`;
const writes = () => stage.sandbox.calls.filter(({ method }) => method !== 'GET');
const PATCH = ({ method }: { readonly method: string }): boolean => method === 'PATCH';

/** The code of the error that a request comes to, and how many writes were made. */
async function codeOf(query = moving(), options = {}): Promise<[unknown, number]> {
  const { body } = await stage.gateway.ask(query, options);
  return [body.errors?.[0].extensions.code, writes().length];
}

describe('where they are off', () => {
  test('each is refused before any call', async () => {
    const gateway = await startGateway(stage.sandbox.url, { mutations: false });
    const { status, body } = await gateway.ask(moving());
    await gateway.close();
    expect([status, body.data, body.errors]).toEqual([
      200,
      { moveTask: null },
      [
        expect.objectContaining({
          message: 'This gateway only reads: its operator has not turned mutations on.',
          extensions: { code: 'MUTATIONS_OFF' },
        }),
      ],
    ]);
    expect(stage.sandbox.calls).toEqual([]);
  });
});

describe('how they may be sent', () => {
  const at = (query: string): string =>
    `${stage.gateway.url}/graphql?${new URLSearchParams({ query }).toString()}`;
  const headers = { authorization: 'Bearer sandbox-user' };

  test.each(['GET', 'HEAD'])('not by %s: 405', async (method) => {
    const answer = await fetch(at(moving()), { method, headers });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST']);
    expect(stage.sandbox.calls).toEqual([]);
  });

  test.each([
    ['application/x-www-form-urlencoded', (query: string) => `query=${encodeURIComponent(query)}`],
    ['text/plain', (query: string) => JSON.stringify({ query })],
    ['application/graphql', (query: string) => query],
    [
      'multipart/form-data; boundary=x',
      (query: string) =>
        `--x\r\ncontent-disposition: form-data; name="operations"\r\n\r\n${JSON.stringify({ query })}\r\n--x--`,
    ],
  ])('not as %s: 415', async (type, bodyOf) => {
    const answer = await fetch(`${stage.gateway.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': type },
      body: bodyOf(moving()),
    });
    expect(answer.status).toBe(415);
    expect(stage.sandbox.calls).toEqual([]);
  });

  test.each([
    ['{ task { id ... @defer { name } } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ errors @stream { message } }', 'GRAPHQL_VALIDATION_FAILED'],
  ])('not in parts: %s', async (selection, code) => {
    const query = moving().replace('{ task { id } errors { __typename message } }', selection);
    const accept = 'multipart/mixed; deferSpec=20220824, application/json';
    expect(await codeOf(query, { headers: { accept } })).toEqual([code, 0]);
  });

  test('not in a list of requests: 400', async () => {
    const answer = await fetch(`${stage.gateway.url}/graphql`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify([{ query: moving() }]),
    });
    expect(answer.status).toBe(400);
    expect(stage.sandbox.calls).toEqual([]);
  });

  test('not by a GET that names a document: 405', async () => {
    const query = moving();
    const id = createHash('sha256').update(query).digest('hex');
    const file = files.write('mutations.json', JSON.stringify({ [id]: query }));
    const gateway = await startGateway(stage.sandbox.url, {
      trustedDocuments: { file, mode: 'strict' },
    });
    const answers = [
      { documentId: id },
      { extensions: JSON.stringify({ persistedQuery: { version: 1, sha256Hash: id } }) },
    ].map((params) =>
      fetch(`${gateway.url}/graphql?${new URLSearchParams(params).toString()}`, { headers }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([405, 405]);
    expect(stage.sandbox.calls).toEqual([]);
    await gateway.close();
  });

  test('not more than five in a document', async () => {
    const one = moving().slice('mutation {'.length, -1);
    const many = (count: number): string =>
      `mutation { ${Array.from({ length: count }, (_, n) => `m${n}: ${one}`).join(' ')} }`;
    expect(await codeOf(many(6))).toEqual(['QUERY_TOO_COMPLEX', 0]);
    expect(await codeOf(many(5))).toEqual([undefined, 1]);
  });

  test('and no answer to one may be kept', async () => {
    const { headers } = await stage.gateway.ask(moving());
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

test('several are made one after the other, and see what the one before has done', async () => {
  const one = moving().slice('mutation {'.length, -1);
  const next = moving('on_hold').slice('mutation {'.length, -1);
  const { body } = await stage.gateway.ask(`mutation { a: ${one} b: ${next} c: ${next} }`);
  expect(body.errors).toBeUndefined();
  expect(Object.values(body.data).map(({ errors }: any) => errors)).toEqual([[], [], []]);
  expect(writes().map((call) => (call.body as RawRecord)['smState'])).toEqual([
    stateId('in_progress'),
    stateId('on_hold'),
  ]);
});

test('the tenth run is not compiled, and makes one write as the first', async () => {
  const ids = stage.sandbox.data.tasks.filter(({ smState }) => smState === stateId('planned'));
  const query = `mutation Move($taskId: ID!) { moveTask(input: {
    groupId: "${objectId('group', 'field_works')}", taskId: $taskId, stateId: "${stateId('in_progress')}"
  }) { errors { __typename } task { nothing: assignee { id } } } }`;
  // One whose assignee cannot be had has an error: a query is executed a second time then.
  stage.sandbox.fail({ template: '/v2/users', status: 500 });
  for (const { _id } of ids.slice(0, 10))
    await stage.gateway.ask(query, { variables: { taskId: _id } });
  expect(writes().map(({ path }) => path.slice(-24))).toEqual(
    ids.slice(0, 10).map(({ _id }) => _id),
  );
});

describe('where writes find no room in their quota', () => {
  const CHANNEL = planted.messages.channel;
  const sending = (alias: string, fields = 'message { id }'): string =>
    `${alias}: sendMessage(input: { channelId: "${CHANNEL}", text: "${alias}" }) { ${fields} }`;
  const quota = { calls: 50, windowMs: 600_000, share: 1 };
  const base = { callsPerRequest: 250, perOwner: 10, total: 100 };
  const starting = (limits: object) =>
    startGateway(stage.sandbox.url, { limits: { ...base, ...limits } });

  test('a request that has not written is refused as a whole, and may be sent again', async () => {
    const gateway = await starting({ quota, writes: { ...quota, calls: 1, isOfWrites: true } });
    await gateway.ask(`mutation { ${sending('a')} }`);
    const { status, headers, body } = await gateway.ask(`mutation { ${sending('b')} }`);
    await gateway.close();
    expect([status, body.data, writes().length]).toEqual([429, undefined, 1]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('it has not made a call then', async () => {
    const gateway = await starting({ quota, writes: { ...quota, calls: 1, isOfWrites: true } });
    await gateway.ask(`mutation { ${sending('a')} }`);
    const before = stage.sandbox.calls.length;
    const { status } = await gateway.ask(moving());
    await gateway.close();
    expect([status, stage.sandbox.calls.length - before]).toEqual([429, 0]);
  });

  test('one write goes, though its request makes more calls than the quota has writes', async () => {
    const gateway = await starting({ quota, writes: { ...quota, calls: 1, isOfWrites: true } });
    const { body } = await gateway.ask(
      `mutation { ${sending('a', 'message { sender { name } channel { name users { name } } }')} }`,
    );
    await gateway.close();
    expect(body.errors).toBeUndefined();
    expect(stage.sandbox.calls.length).toBeGreaterThan(3);
  });
});

describe('what a write comes to', () => {
  test.each([
    ['UNAUTHENTICATED', { status: 401 }],
    ['RATE_LIMITED', { status: 429, headers: { 'retry-after': '3' } }],
    ['OUTCOME_UNKNOWN', { status: 500 }],
    ['OUTCOME_UNKNOWN', { status: 503 }],
    ['OUTCOME_UNKNOWN', { destroy: true }],
  ])('%s for %j, once', async (code, fault) => {
    stage.sandbox.fail({ matches: PATCH, ...fault });
    expect(await codeOf()).toEqual([code, 1]);
    expect(task()['smState']).toBe(stateId('planned'));
  });

  test('a 429 says when to come again, and the answer is 200: part of it may be done', async () => {
    stage.sandbox.fail({ matches: PATCH, status: 429, headers: { 'retry-after': '3' } });
    const { status, body } = await stage.gateway.ask(moving());
    expect([status, body.errors?.[0].extensions]).toEqual([
      200,
      { code: 'RATE_LIMITED', retryAfter: 3 },
    ]);
  });

  test('OUTCOME_UNKNOWN says how to find out', async () => {
    stage.sandbox.fail({ matches: PATCH, destroy: true });
    const { body } = await stage.gateway.ask(moving());
    expect(body.errors?.[0].message).toContain(
      'Read what it would have changed before you ask again',
    );
  });

  test('a lost answer is found out by a look at the task: it is moved', async () => {
    const moved = task();
    stage.sandbox.fail({ matches: PATCH, destroy: true, isDone: true });
    const { body } = await stage.gateway.ask(moving());
    expect(body).toEqual({ data: { moveTask: { task: { id: moved['_id'] }, errors: [] } } });
    expect(writes()).toHaveLength(1);
  });

  test.each([
    ['NotAllowed', 403],
    ['Gone', 404],
    ['Refused', 400],
    ['Refused', 409],
    ['Refused', 422],
  ])('%s for %d', async (type, status) => {
    const id = task()['_id'];
    stage.sandbox.fail({ matches: PATCH, status });
    const { body } = await stage.gateway.ask(moving());
    expect(body.data.moveTask).toMatchObject({
      task: type === 'Gone' ? null : { id },
      errors: [{ __typename: type }],
    });
    expect(writes()).toHaveLength(1);
  });

  test('Refused where the task cannot be read afterwards: it is not moved', async () => {
    stage.sandbox.fail({ matches: PATCH, status: 400 });
    stage.sandbox.fail({ matches: () => writes().length > 0, status: 500 });
    const { body } = await stage.gateway.ask(moving());
    expect(body.data.moveTask).toMatchObject({ task: null, errors: [{ __typename: 'Refused' }] });
  });

  test('a task that somebody else moves between the look and the write', async () => {
    const raced = task();
    const { sandbox } = stage;
    sandbox.fail({
      matches: (call) => {
        // Before Cotalker looks at it.
        if (PATCH(call)) raced['smState'] = stateId('done');
        return false;
      },
    });
    const { body } = await stage.gateway.ask(moving());
    expect(body.data.moveTask.errors).toMatchObject([{ __typename: 'StateChanged' }]);
    expect(raced['smState']).toBe(stateId('done'));
  });

  test('a workflow that was changed since its states were remembered', async () => {
    const gateway = await startGateway(stage.sandbox.url, { caching: { referenceMs: 60_000 } });
    const query = moving();
    await gateway.ask(
      `{ group(id: "${objectId('group', 'field_works')}") { ... on TaskGroup { stateMachines { states { id } } } } }`,
    );
    const planned = stage.sandbox.data.states.find(({ _id }) => _id === stateId('planned'));
    Object.assign(planned ?? {}, { next: [] });
    const { body } = await gateway.ask(query);
    await gateway.close();
    expect(body.data.moveTask.errors).toMatchObject([{ __typename: 'NotANextState' }]);
    expect(writes()).toHaveLength(1);
  });
});

describe('admin mode', () => {
  const group = objectId('group', 'purchase_approvals');
  const machine = 'purchase_approvals_major';
  const approve = (): string => {
    const { tasks } = stage.sandbox.data;
    const hidden: unknown[] = planted.tasks.hidden;
    const rejected = objectId('state', `${machine}/rejected`);
    const id = tasks.find(({ _id, smState }) => smState === rejected && !hidden.includes(_id))?.[
      '_id'
    ];
    return `mutation { moveTask(input: { groupId: "${group}", taskId: "${String(id)}",
      stateId: "${objectId('state', `${machine}/requested`)}" }) { errors { __typename message } } }`;
  };
  const admin = { token: 'sandbox-admin', headers: { admin: 'true' } };

  test('goes along as the caller sends it, and nothing is added', async () => {
    const { body } = await stage.gateway.ask(approve(), admin);
    expect(body.data.moveTask.errors).toEqual([]);
    expect(writes().map(({ headers }) => headers['admin'])).toEqual(['true']);
    stage.sandbox.calls.length = 0;
    await stage.gateway.ask(moving());
    expect(writes().map(({ headers }) => headers['admin'])).toEqual([undefined]);
  });

  test('is what a 403 says may be tried', async () => {
    const messageOf = async (options?: object) => {
      const { body } = await stage.gateway.ask(approve(), options);
      return body.data.moveTask.errors.map(({ message }: any) => message);
    };
    expect(await messageOf()).toEqual([expect.stringContaining('"Admin: true"')]);
    stage.sandbox.fail({ matches: PATCH, status: 403 });
    expect(await messageOf(admin)).toEqual([expect.stringContaining('though you asked')]);
  });
});

test('after a move, a remembered answer does not show the task where it was', async () => {
  const gateway = await startGateway(stage.sandbox.url, { caching: { ttlMs: 60_000 } });
  const query = `{ channel(id: "${objectId('channel', 'control_room_s_e_quilicura')}") { name } }`;
  await gateway.ask(query);
  stage.sandbox.calls.length = 0;
  await gateway.ask(query);
  expect(stage.sandbox.calls).toEqual([]);
  await gateway.ask(moving());
  stage.sandbox.calls.length = 0;
  await gateway.ask(query);
  await gateway.close();
  expect(stage.sandbox.calls).toHaveLength(1);
});
