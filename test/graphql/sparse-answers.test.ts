import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  FIRST_READINGS,
  objectId,
  planted,
  type RawRecord,
  SANDBOX_USER_ID,
} from '../../sandbox/index.ts';
import { endpoints, idOf, useStage } from '../support/stage.ts';

/*
 * Writes whose answer tells some fields of the record, and not others: any but the id may be missing (sheet, section 3).
 */

const stage = useStage();
beforeEach(() => void (stage.sandbox.readings = FIRST_READINGS));

const WORKS = objectId('group', 'field_works');
const CHANNEL = planted.messages.channel;
const ONE_TASK = '/v1/tasks/{id}/task/{taskId}';
const HISTORY = '/v1/messages/channel/{id}/modified/{moment}';
const stateId = (state: string): string => objectId('state', `field_works/${state}`);
const writes = () => stage.sandbox.calls.filter(({ method }) => method !== 'GET');
const isWrite = ({ method }: { readonly method: string }): boolean => method !== 'GET';
/** What is asked for once a write has gone out. */
const callsAfter = (): (string | null)[] => endpoints(stage.sandbox).slice(indexOfWrite() + 1);
const indexOfWrite = (): number => stage.sandbox.calls.findIndex(({ method }) => method !== 'GET');

/** The write is done, and answered so. */
const answer = (body: RawRecord): void =>
  void stage.sandbox.fail({ matches: isWrite, body: JSON.stringify(body), isDone: true });
const failReads = (template: string, status: number): void =>
  void stage.sandbox.fail({ template, matches: () => writes().length > 0, status });

const FIELDS = `id serial name info startDate stateChangedAt createdAt modifiedAt closedAt
  state { id name } stateMachine { id } assignee { id } createdBy { id } statuses { name }`;

async function ask(field: string, input: RawRecord, selection: string) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const { body } = await stage.gateway.ask(
    `mutation Write($input: ${type}!) { ${field}(input: $input) { ${selection} errors { __typename } } }`,
    { variables: { input } },
  );
  expect(body.data).toBeDefined();
  const failed = (body.errors ?? []).map(({ path, extensions }: any) => [
    path.slice(2).join('.'),
    extensions.code,
  ]);
  return { payload: body.data?.[field], failed };
}

describe('a move', () => {
  const hidden: unknown[] = planted.tasks.hidden;
  const planned = (): RawRecord => {
    const found = stage.sandbox.data.tasks.find(
      ({ _id, smState, assignee }) =>
        smState === stateId('planned') && typeof assignee === 'string' && !hidden.includes(_id),
    );
    if (!found) throw new Error('no task');
    return found;
  };
  const move = (task: RawRecord) =>
    ask(
      'moveTask',
      { groupId: WORKS, taskId: task['_id'], stateId: stateId('in_progress') },
      `task { ${FIELDS} }`,
    );
  const shown = async (task: RawRecord): Promise<unknown> => {
    const query = `{ task(id: "${String(task['_id'])}", groupId: "${WORKS}") { ${FIELDS} } }`;
    return (await stage.gateway.ask(query)).body.data.task;
  };

  test.each<[string, (task: RawRecord) => RawRecord]>([
    ['the state alone', () => ({})],
    ['the name besides', ({ name }) => ({ name })],
    ['all but who is to do it', (task) => ({ ...task, assignee: null })],
    ['all but when it was created', (task) => ({ ...task, createdAt: undefined })],
  ])('whose answer tells %s is read again: it is whole', async (_, told) => {
    const task = planned();
    answer({ ...told(task), _id: task['_id'], smState: stateId('in_progress') });
    const { payload, failed } = await move(task);
    expect([payload.errors, failed, callsAfter().slice(0, 1)]).toEqual([[], [], [ONE_TASK]]);
    expect(payload.task).toMatchObject({
      ...{ serial: task['serial'], name: task['name'], assignee: { id: task['assignee'] } },
      state: { id: stateId('in_progress') },
    });
    expect(payload.task).toEqual(await shown(task));
  });

  test.each([
    [503, 'UPSTREAM_UNAVAILABLE'],
    [404, 'NOT_FOUND'],
  ])(
    'and where that fails by %d it is done: it is what it was, but for what a move changes',
    async (status, code) => {
      const task = planned();
      const before = await shown(task);
      stage.sandbox.calls.length = 0;
      answer({ _id: task['_id'], smState: stateId('in_progress') });
      failReads(ONE_TASK, status);
      const { payload, failed } = await move(task);
      expect(payload.errors).toEqual([]);
      expect(payload.task).toEqual({
        ...(before as RawRecord),
        state: { id: stateId('in_progress'), name: 'In progress' },
        ...{ stateChangedAt: null, modifiedAt: null, closedAt: null },
      });
      expect(failed).toEqual(
        ['stateChangedAt', 'modifiedAt', 'closedAt'].map((field) => [field, code]),
      );
    },
  );

  test('whose answer lacks what the task had not is not read again', async () => {
    const task = planned();
    delete task['assignee'];
    const { payload } = await move(task);
    expect([payload.errors, payload.task.assignee]).toEqual([[], null]);
    expect(callsAfter()).not.toContain(ONE_TASK);
  });

  test('and that is seen somewhere else then is no move there', async () => {
    const task = planned();
    answer({ _id: task['_id'], smState: stateId('in_progress') });
    stage.sandbox.fail({
      matches: ({ method }) => {
        if (method === 'GET' && writes().length > 0) task['smState'] = stateId('done');
        return false;
      },
    });
    const { payload } = await move(task);
    expect(payload).toMatchObject({
      task: { state: { id: stateId('done') } },
      errors: [{ __typename: 'StateChanged' }],
    });
  });
});

describe('a message', () => {
  const send = () =>
    ask(
      'sendMessage',
      { channelId: CHANNEL, text: 'Ya voy.' },
      `message { __typename id sentAt editedAt contentType isRemoved sender { id } channel { id }
        ... on TextMessage { text } }`,
    );
  const sent = {
    ...{ __typename: 'TextMessage', contentType: 'text/plain', text: 'Ya voy.', isRemoved: false },
    ...{ sender: { id: SANDBOX_USER_ID }, channel: { id: CHANNEL } },
  };
  const TIME = Date.parse('2026-11-29T10:00:00.000Z');

  test.each<[string, RawRecord]>([
    ['its text and time', { content: 'Ya voy.', createdAt: TIME }],
    ['null for all else', { content: 'Ya voy.', createdAt: TIME, sentBy: null, contentType: null }],
  ])('whose answer tells %s is as it was sent, without a further call', async (_, told) => {
    answer({ _id: idOf(7), ...told });
    const { payload, failed } = await send();
    expect([payload.message, failed]).toEqual([
      { id: idOf(7), ...sent, sentAt: new Date(TIME).toISOString(), editedAt: null },
      [],
    ]);
    expect(callsAfter()).toEqual([]);
  });

  /** The answer tells the id alone, and so many messages come right after it. */
  function answerIds(more = 0): void {
    const { sandbox } = stage;
    sandbox.readings = { ...sandbox.readings, written: 'id' };
    let came = 0;
    sandbox.fail({
      matches: ({ template }) => {
        while (template === HISTORY && came < more)
          sandbox.data.messages.push({
            ...sandbox.data.messages.at(-1),
            _id: idOf((came += 1)),
          });
        return false;
      },
    });
  }

  /** What the last message has become by the time that it is looked for. */
  function onceLookedFor(change: () => RawRecord): void {
    stage.sandbox.fail({
      matches: ({ template }) => {
        const own = stage.sandbox.data.messages.at(-1);
        if (template === HISTORY && own) Object.assign(own, change());
        return false;
      },
    });
  }

  test.each(['there', 'ignored', 'refused'] as const)(
    'is found by one call, though others come meanwhile, with pages backwards %s',
    async (messagesBack) => {
      stage.sandbox.readings = { ...stage.sandbox.readings, messagesBack };
      answerIds(60);
      const { payload, failed } = await send();
      const { messages } = stage.sandbox.data;
      const own = messages.at(-61);
      expect([payload.message, failed]).toEqual([
        { id: own?.['_id'], ...sent, sentAt: expect.any(String), editedAt: null },
        [],
      ]);
      expect(callsAfter()).toEqual([HISTORY]);
    },
  );

  test.each([
    ['half an hour behind', -1_800_000],
    ['half an hour ahead', 1_800_000],
  ])('is found where the clock of Cotalker is %s', async (_, ms) => {
    answerIds();
    const moment = () => new Date(Date.now() + ms).toISOString();
    onceLookedFor(() => ({ createdAt: moment(), modifiedAt: moment() }));
    const { payload, failed } = await send();
    expect([payload.message.sentAt, failed]).toEqual([expect.any(String), []]);
  });

  test('that is found with less than was sent is as it was sent', async () => {
    answerIds();
    onceLookedFor(() => ({ content: null, contentType: null, sentBy: null }));
    const { payload, failed } = await send();
    expect([payload.message, failed]).toEqual([expect.objectContaining(sent), []]);
  });
});

describe('a new task', () => {
  const GIVEN = { info: 'Esquina norte', startDate: '2026-11-29T10:00:00.000Z' };
  const create = (given: RawRecord = {}) =>
    ask(
      'createTask',
      { groupId: WORKS, name: 'Poste', assigneeId: SANDBOX_USER_ID, ...given },
      `task { ${FIELDS} }`,
    );
  /** The answer lacks these fields of what is created. */
  function lack(...fields: string[]): void {
    const { sandbox } = stage;
    const id = objectId('task', 'sparse');
    const { smState, smStateMachine, taskGroup } =
      sandbox.data.tasks.find((task) => task['smState'] === stateId('planned')) ?? {};
    const whole: RawRecord = {
      ...{ _id: id, serial: 4711, name: 'Poste', ...GIVEN, assignee: SANDBOX_USER_ID },
      ...{ smState, smStateMachine, taskGroup, createdBy: SANDBOX_USER_ID },
      createdAt: '2026-11-29T09:00:00.000Z',
    };
    const told = Object.entries(whole).filter(([name]) => !fields.includes(name));
    sandbox.data.tasks.push({ ...whole, isActive: true, visibility: [] });
    sandbox.fail({
      matches: isWrite,
      body: JSON.stringify(Object.fromEntries(told)),
    });
  }

  test.each([
    'name',
    'serial',
    'smState',
    'smStateMachine',
    'createdBy',
    'createdAt',
    'info',
    'startDate',
    'assignee',
  ])('whose answer lacks %s is read', async (field) => {
    lack(field);
    const { payload, failed } = await create(GIVEN);
    expect([failed, callsAfter().slice(0, 1)]).toEqual([[], [ONE_TASK]]);
    expect(payload.task).toMatchObject({
      ...{ name: 'Poste', serial: 4711, ...GIVEN, assignee: { id: SANDBOX_USER_ID } },
      ...{ createdBy: { id: SANDBOX_USER_ID }, createdAt: '2026-11-29T09:00:00.000Z' },
    });
  });

  test('is not read where its answer lacks what was not given', async () => {
    lack('info', 'startDate', 'endDate');
    const { payload } = await create();
    expect(payload.task).toMatchObject({ info: null, startDate: null });
    expect(callsAfter()).not.toContain(ONE_TASK);
  });

  test('that cannot be read is what its answer tells, and what was sent', async () => {
    lack('smState', 'info', 'createdBy');
    failReads(ONE_TASK, 500);
    const { info } = GIVEN;
    const { payload, failed } = await create({ info });
    expect(payload.task).toMatchObject({
      ...{ name: 'Poste', serial: 4711, info, startDate: GIVEN.startDate },
      assignee: { id: SANDBOX_USER_ID },
    });
    // What its slots hold, nobody has told: none of them is taken for empty.
    const untold = ['stateChangedAt', 'modifiedAt', 'closedAt', 'state', 'createdBy'];
    expect(failed.map(([field]: string[]) => field)).toEqual([
      ...untold,
      ...['statuses.0.name', 'statuses.1.name'],
    ]);
  });
});
