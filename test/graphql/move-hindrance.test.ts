import { describe, expect, test } from '@jest/globals';
import { type Fault, objectId, planted, type RawRecord } from '../../sandbox/index.ts';
import { startGateway } from '../support/gateway.ts';
import { useStage } from '../support/stage.ts';

/*
 * What a move is judged by: the transitions of the task's state, what Cotalker says to the write, and the task itself.
 */

const stage = useStage();

const GROUP = objectId('group', 'field_works');
const ONE_TASK = '/v1/tasks/{id}/task/{taskId}';
const STATES = '/v1/tasks/{id}/sm/smstate/all';
const FORM = objectId('survey', 'made up');
const OTHER_FORM = objectId('survey', 'made up, too');
const stateId = (state: string): string => objectId('state', `field_works/${state}`);
const writes = () => stage.sandbox.calls.filter(({ method }) => method !== 'GET');
const PATCH = ({ method }: { readonly method: string }): boolean => method === 'PATCH';
const REFUSED: Fault = { matches: PATCH, status: 400 };

const planned = (): RawRecord => {
  const hidden: unknown[] = planted.tasks.hidden;
  const found = stage.sandbox.data.tasks.find(
    ({ _id, smState }) => smState === stateId('planned') && !hidden.includes(_id),
  );
  if (!found) throw new Error('no task');
  return found;
};
/** The ways from the state that the task is in to the one that it is moved to. */
function setWays(...ways: readonly RawRecord[]): void {
  const state = stage.sandbox.data.states.find(({ _id }) => _id === stateId('planned'));
  Object.assign(state ?? {}, {
    next: ways.map((way) => ({ target: stateId('in_progress'), permissions: [], ...way })),
  });
}

const MOVE = `mutation Move($input: MoveTaskInput!) { moveTask(input: $input) {
  task { id state { id } }
  errors { __typename ... on FormRequired { surveyId } ... on NotANextState { allowed { id } } } } }`;
async function move(more: RawRecord = {}, ask = stage.gateway.ask) {
  const input = { groupId: GROUP, taskId: planned()['_id'], stateId: stateId('in_progress') };
  const { body } = await ask(MOVE, { variables: { input: { ...input, ...more } } });
  return {
    task: body.data?.moveTask?.task,
    errors: body.data?.moveTask?.errors,
    code: body.errors?.[0].extensions.code,
  };
}

describe('a way by hand that names a form', () => {
  const byHand = (requiredSurvey: unknown): RawRecord => ({
    canChange: ['manual'],
    requiredSurvey,
  });

  test('is taken, since the sheet does not say that the form is wanted', async () => {
    setWays(byHand({ surveyId: FORM }));
    stage.sandbox.fail({ matches: PATCH, status: 204, isDone: true });
    expect(await move()).toMatchObject({ errors: [] });
    expect(writes()).toHaveLength(1);
  });

  test.each<[string, RawRecord[], object]>([
    ['as an object', [byHand({ surveyId: FORM })], { __typename: 'FormRequired', surveyId: FORM }],
    ['as its id', [byHand(FORM)], { __typename: 'FormRequired', surveyId: FORM }],
    [
      'on each of two ways',
      [byHand(FORM), byHand(OTHER_FORM)],
      { __typename: 'FormRequired', surveyId: FORM },
    ],
    [
      'and may be taken by a form, too',
      [{ canChange: ['survey', 'manual'], requiredSurvey: FORM }],
      { __typename: 'FormRequired', surveyId: FORM },
    ],
    ['on one of two ways', [byHand(FORM), byHand(null)], { __typename: 'Refused' }],
    ['that cannot be read', [byHand({ surveyId: { odd: 1 } })], { __typename: 'Refused' }],
    ['no', [byHand(null)], { __typename: 'Refused' }],
  ])('is what a refusal is about: %s', async (_, ways, expected) => {
    setWays(...ways);
    stage.sandbox.fail(REFUSED);
    expect((await move()).errors).toEqual([expected]);
    expect(writes()).toHaveLength(1);
  });
});

describe('what is not known hinders nobody', () => {
  test.each([[[]], [['by-robot']]])('a way with %j, which Cotalker judges', async (canChange) => {
    setWays({ canChange });
    stage.sandbox.fail(REFUSED);
    expect((await move()).errors).toEqual([{ __typename: 'Refused' }]);
    expect(writes()).toHaveLength(1);
  });

  test.each([403, 404])('states that come with %d', async (status) => {
    stage.sandbox.fail({ template: STATES, status });
    expect((await move()).errors).toEqual([]);
    expect(writes()).toHaveLength(1);
  });
});

test('states that are no longer in use are none that a task can be moved to', async () => {
  setWays(
    { canChange: ['manual'], target: stateId('done') },
    { canChange: ['manual'], target: stateId('on_hold') },
  );
  const done = stage.sandbox.data.states.find(({ _id }) => _id === stateId('done'));
  Object.assign(done ?? {}, { isActive: false });
  expect((await move()).errors).toEqual([
    { __typename: 'NotANextState', allowed: [{ id: stateId('on_hold') }] },
  ]);
});

describe('a state that the task does not tell', () => {
  const telling = (smState: unknown, matches: Fault['matches'] = () => true): void => {
    const body = JSON.stringify({ ...planned(), smState });
    stage.sandbox.fail({
      template: ONE_TASK,
      body,
      matches: (call) => call.method === 'GET' && matches(call),
    });
  };
  const from = { fromStateId: stateId('planned') };

  test.each([[{ odd: 1 }], [null]])(
    '%j is none that somebody else has moved it to',
    async (smState) => {
      telling(smState);
      expect(await move(from)).toEqual({
        ...{ task: undefined, errors: undefined },
        code: 'UPSTREAM_INVALID_RESPONSE',
      });
      expect(writes()).toEqual([]);
    },
  );

  test.each([[{ odd: 1 }], [null]])('nor is %j after a refusal', async (smState) => {
    telling(smState, () => writes().length > 0);
    stage.sandbox.fail(REFUSED);
    expect((await move(from)).errors).toEqual([{ __typename: 'Refused' }]);
  });

  test('before the write tells nothing of whether it was moved since', async () => {
    telling({ odd: 1 }, () => writes().length === 0);
    stage.sandbox.fail(REFUSED);
    expect((await move()).errors).toEqual([{ __typename: 'Refused' }]);
  });
});

describe('a write that may yet be carried out is OUTCOME_UNKNOWN, whatever a look shows', () => {
  test.each<[string, (task: RawRecord) => void]>([
    ['the task in a third state', (task) => (task['smState'] = stateId('done'))],
    ['no task', (task) => (task['visibility'] = [objectId('user', 'nobody')])],
    ['a state from which it cannot be moved', () => setWays()],
  ])('%s', async (_, change) => {
    const task = planned();
    stage.sandbox.fail({
      matches: (call) => {
        if (PATCH(call)) change(task);
        return PATCH(call);
      },
      destroy: true,
    });
    expect(await move()).toMatchObject({ code: 'OUTCOME_UNKNOWN' });
    expect(writes()).toHaveLength(1);
  });
});

test('the task is looked at as it is, though an answer about it is remembered', async () => {
  const gateway = await startGateway(stage.sandbox.url, { caching: { ttlMs: 60_000 } });
  const task = planned();
  const query = `{ task(id: "${String(task['_id'])}", groupId: "${GROUP}") { state { id } } }`;
  await gateway.ask(query);
  stage.sandbox.calls.length = 0;
  await gateway.ask(query);
  expect(stage.sandbox.calls).toEqual([]);
  task['smState'] = stateId('on_hold');
  const input = { taskId: task['_id'], fromStateId: stateId('planned') };
  const { errors } = await move(input, gateway.ask);
  await gateway.close();
  expect([errors, writes()]).toEqual([[{ __typename: 'StateChanged' }], []]);
});

test('an answer about another task tells nothing of this one', async () => {
  const task = planned();
  const other = { ...task, _id: objectId('task', 'another'), smState: stateId('in_progress') };
  stage.sandbox.fail({ matches: PATCH, body: JSON.stringify(other), isDone: true });
  expect(await move()).toMatchObject({
    task: { id: task['_id'], state: { id: stateId('in_progress') } },
    errors: [],
  });
});
