import { beforeEach, describe, expect, test } from '@jest/globals';
import { endpoints, idOf, plant, rawGroup, rawTaskGroup, useStage } from '../support/stage.ts';

const stage = useStage();

const ZONE = { _id: idOf(0x71), name: { display: 'Calama', code: 'calama' }, propertyType: 'zone' };
const URGENT = { _id: idOf(0x72), display: 'Urgent', code: 'urgent', propertyType: 'priority' };
const MACHINE = idOf(0x61);
/** The types of the slots; ids, unless a test says otherwise. */
const TYPES = { status1: idOf(0x81), status2: idOf(0x82), status3: null, status4: '' };
const FIELDS = 'statuses { slot name value code }';

/** One task, and the machine that it follows. */
function plantTask(task: object, machine?: object): void {
  plant(stage, [rawGroup(1)], [rawTaskGroup(1)]);
  const own = { taskGroup: rawTaskGroup(1)['_id'] };
  const { data } = stage.sandbox;
  data.tasks = [{ _id: idOf(0x51), name: 'One', smStateMachine: MACHINE, ...own, ...task }];
  data.stateMachines = machine === undefined ? [] : [{ _id: MACHINE, ...own, ...machine }];
  data.properties = [ZONE, URGENT];
}

async function ask(fields = FIELDS) {
  const { body } = await stage.gateway.ask(
    `{ group(id: "${idOf(1)}") { ... on TaskGroup { tasks { nodes { ${fields} } } } } }`,
  );
  return { task: body.data.group?.tasks?.nodes[0], errors: body.errors };
}

const zone = { slot: 1, name: 'zone', value: 'Calama', code: 'calama' };
const urgent = { slot: 2, name: 'priority', value: 'Urgent', code: 'urgent' };
const empty = (slot: number) => ({ slot, name: null, value: null, code: null });

describe('which slots', () => {
  const task = { status1: ZONE._id, status2: URGENT._id };
  test.each<[string, object, object | undefined, unknown[]]>([
    ['that the machine lists', { status1: ZONE._id }, { isActive: ['status1'], ...TYPES }, [zone]],
    ['empty ones too', {}, { isActive: ['status1', 'status2'], ...TYPES }, [empty(1), empty(2)]],
    ['none that is out of use', task, { isActive: ['status2'], ...TYPES }, [urgent]],
    ['no unknown name', task, { isActive: ['status9', 'zone', null], ...TYPES }, []],
    ['with a type, if there is no list', task, { isActive: true, ...TYPES }, [zone, urgent]],
    ['with a type, if nothing is said of their use', {}, TYPES, [empty(1), empty(2)]],
    ['none, if none is in use', task, { isActive: false, ...TYPES }, []],
    ['that are not empty, if the machine does not tell', task, undefined, [zone, urgent]],
  ])('%s', async (_, planted, slots, statuses) => {
    plantTask(planted, { dynamicPropertyTypes: slots });
    expect(await ask()).toEqual({ task: { statuses }, errors: undefined });
  });

  test.each<[string, object]>([
    ['a machine that is gone', {}],
    ['no machine', { smStateMachine: null }],
  ])('that are not empty, with %s', async (_, more) => {
    plantTask({ status1: ZONE._id, status2: '', ...more });
    expect(await ask()).toEqual({ task: { statuses: [zone] }, errors: undefined });
  });
});

describe('what is in a slot', () => {
  const slots = { isActive: ['status1'], ...TYPES };
  test.each<[string, object, object, object]>([
    ['an id', { status1: ZONE._id }, slots, zone],
    ['the property itself', { status1: ZONE }, slots, zone],
    ['a record that names nothing but its id', { status1: { _id: ZONE._id } }, slots, zone],
    [
      'a type that came with its name',
      { status1: ZONE._id },
      { ...slots, status1: { _id: idOf(0x81), display: 'Zona', code: 'zone' } },
      { ...zone, name: 'Zona' },
    ],
    ['a property that is gone', { status1: idOf(0x7f) }, slots, empty(1)],
  ])('%s', async (_, task, dynamicPropertyTypes, status) => {
    plantTask(task, { dynamicPropertyTypes });
    expect(await ask()).toEqual({ task: { statuses: [status] }, errors: undefined });
  });

  test('a property that cannot be read fails alone', async () => {
    plantTask({ status1: 7, status2: URGENT._id }, { dynamicPropertyTypes: TYPES });
    const { task, errors } = await ask();
    expect(task).toEqual({ statuses: [empty(1), urgent] });
    const failed = ['name', 'value', 'code'].map((field) => ({
      path: ['group', 'tasks', 'nodes', 0, 'statuses', 0, field],
      extensions: { code: 'UPSTREAM_INVALID_RESPONSE' },
    }));
    expect(errors).toMatchObject(failed);
  });
});

describe('a failure is an error, never no slots', () => {
  beforeEach(() => plantTask({ status1: ZONE._id }, { dynamicPropertyTypes: TYPES }));

  test('of the state machines', async () => {
    stage.sandbox.fail({ template: '/v1/tasks/{id}/sm/smstatemachine', status: 403 });
    const { task, errors } = await ask(`name ${FIELDS}`);
    expect(task).toEqual({ name: 'One', statuses: null });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('of what cannot be read', async () => {
    plantTask({ status1: ZONE._id }, { dynamicPropertyTypes: 'many' });
    expect((await ask()).errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
    plantTask({ status1: ZONE._id, smStateMachine: 'x' });
    expect((await ask()).errors).toMatchObject([
      { extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });
});

test('the slots of all tasks take one call for the machines, and share that for names', async () => {
  plantTask({ status1: ZONE._id, status: URGENT._id }, { dynamicPropertyTypes: TYPES });
  stage.sandbox.data.tasks.push({ ...stage.sandbox.data.tasks[0], _id: idOf(0x52) });
  await ask(`state { name } ${FIELDS}`);
  expect(endpoints(stage.sandbox).toSorted()).toEqual([
    ...['/v1/tasks/{id}/sm/smstatemachine', '/v2/groups', '/v2/properties', '/v2/task-groups'],
    '/v2/task-groups/{id}/tasks',
  ]);
});

test.each<[string, object, unknown, unknown]>([
  [
    'a picture and a weight',
    { image: { small: 's', square: '', original: null }, weight: 2.5 },
    { small: 's', square: null, original: null },
    2.5,
  ],
  ['neither', { image: '', weight: null }, null, null],
])('a task has %s', async (_, task, image, weight) => {
  plantTask(task);
  const found = await ask('image { small square original } weight');
  expect(found).toEqual({ task: { image, weight }, errors: undefined });
});
