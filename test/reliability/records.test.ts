import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { useSharedFaultStage } from '../support/fault-stage.ts';
import { type Records, serveRecords } from '../support/record-upstream.ts';

/** Records of the shapes that Cotalker's documentation shows, full, created, patched and short. */
const company = (): Records =>
  JSON.parse(
    readFileSync(join(import.meta.dirname, '../fixtures/company.json'), 'utf8'),
  ) as Records;

const { stage } = useSharedFaultStage();

const ALL = `{
  groups { totalCount nodes {
    __typename
    ... on MenuEntry {
      id name code createdAt modifiedAt isActive weight icon { path color }
      parent { __typename } category { id } children { __typename }
      actions { id name url icon opensIn sendsToken }
    }
    ... on StandardGroup { isCategory channels { nodes { ...Talk } } }
    ... on LinkGroup { url linkType opensIn sendsToken }
    ... on TaskGroup {
      workflow { id code flowType defaultView hideClosedAfterDays isActive }
      stateMachine { id name code isActive createdAt initialState { id } }
      stateMachines { id states { id name code type isActive transitions { by requiredSurveyId to { id } } } }
      tasks { totalCount nodes {
        id serial name info parentId startDate endDate closedAt stateChangedAt createdAt modifiedAt estimatedDays
        isActive state { id name } stateMachine { id } assignee { name } createdBy { name }
        editors { name } followers { name }
      } }
    }
  } }
}
fragment Talk on Channel {
  id name code createdAt modifiedAt isActive isDirect isPrivate image { small square original } group { __typename }
  users { id name email jobTitle isActive isOnline avatar { small } } admins { name }
  lastMessage { content contentType sentAt kind text url fileName sender { name } }
  messages(first: 2) { nodes {
    __typename id sentAt modifiedAt editedAt isRemoved contentType sender { name } channel { id }
    ... on EnrichedMessage { text parts { kind text url hint taskId } }
  } }
}`;

describe('records of the documented shapes', () => {
  test('are served whole', async () => {
    const { ask } = stage(serveRecords(company()));
    const { body } = await ask(ALL);
    expect(body.errors).toBeUndefined();
    const [full, created, short] = body.data.groups.nodes;
    expect(full).toMatchObject({
      __typename: 'StandardGroup',
      ...{ name: 'Harbour Teams', code: 'harbour_teams', isActive: true, weight: 2 },
      ...{ createdAt: '2022-02-01T08:00:00.000Z', modifiedAt: '2022-02-01T09:00:00.000Z' },
      ...{ icon: { path: 'M17,12V3Z', color: '#ff8800' }, parent: null, category: null },
      actions: [
        {
          ...{ id: null, name: 'Open the timetable', url: 'https://timetable.example/today' },
          ...{ opensIn: 'NEW_TAB', sendsToken: true },
        },
      ],
    });
    expect(full.channels.nodes.slice(0, 3)).toMatchObject([
      { name: 'Night Shift', code: 'night_shift', image: null, lastMessage: null },
      { name: 'Crane Two', isPrivate: true, users: [], lastMessage: null },
      {
        ...{ name: 'Day Shift', image: { small: 'https://files.example/s.png' } },
        users: [
          { name: 'Kim Harbour', email: 'kim@example.com', isOnline: false, avatar: null },
          { name: 'Noor Pier', jobTitle: 'crane driver', isOnline: null, avatar: null },
        ],
        admins: [{ name: 'Noor Pier' }],
        lastMessage: {
          ...{ content: 'Kim Harbour: The crane: it stands', text: 'The crane: it stands' },
          ...{ contentType: 'text/plain', kind: 'TEXT', url: null, fileName: null },
          ...{ sentAt: '2022-03-03T09:30:00.000Z', sender: { name: 'Kim Harbour' } },
        },
        messages: {
          nodes: [
            {
              ...{ __typename: 'EnrichedMessage', contentType: 'text/enriched' },
              ...{ text: 'Read the plan', isRemoved: false, sender: { name: 'Kim Harbour' } },
              ...{ sentAt: '2022-03-03T09:30:00.000Z', editedAt: '2022-03-03T10:30:00.000Z' },
              parts: [
                { kind: 'TEXT', text: 'Read ' },
                { kind: 'LINK', text: 'the plan', url: 'https://files.example/plan' },
              ],
            },
          ],
        },
      },
    ]);
    expect(created).toMatchObject({
      ...{ __typename: 'TaskGroup', name: 'Repairs of Boats', actions: [] },
      workflow: {
        ...{ code: 'repairs', flowType: 'STATE_MACHINE', defaultView: 'KANBAN' },
        ...{ hideClosedAfterDays: 7, isActive: true },
      },
      stateMachine: { name: 'Repair', code: 'repair_flow', isActive: true },
      stateMachines: [
        {
          states: [
            {
              ...{ name: 'Reported', code: 'reported', type: 'NEW' },
              transitions: [{ by: ['MANUAL', 'SURVEY'], requiredSurveyId: null }],
            },
            {
              ...{ name: 'At work', code: null, type: 'IN_PROGRESS' },
              transitions: [
                {
                  by: ['MANUAL', 'SURVEY', 'NONE'],
                  requiredSurveyId: '70c800000000000000000001',
                },
              ],
            },
          ],
        },
      ],
      tasks: {
        nodes: [
          {
            ...{ serial: 28, name: 'Mast of the Albatross', info: 'The mast is bent.' },
            ...{ estimatedDays: 5, closedAt: null, state: { name: 'Reported' } },
            ...{ assignee: { name: 'Kim Harbour' }, createdBy: { name: 'Noor Pier' } },
            ...{ stateChangedAt: '2022-04-01T09:00:00.000Z', followers: [{ name: 'Noor Pier' }] },
          },
        ],
      },
    });
    expect(short).toMatchObject({
      ...{ __typename: 'StandardGroup', name: 'Northern Piers (2022)', isActive: true },
      ...{ code: 'northern_piers_2022', weight: null, icon: null, actions: [] },
    });
  });
});

/** What a field may hold where it holds the wrong thing. */
const WRONG: readonly unknown[] = [
  ...[undefined, null, '', 7, 3e9, 'a text', 'soon', true, {}, [], ['x', {}, 5]],
  ...[{ _id: '70d100000000000000000001' }, 'half \ud800'],
];

/** All single values of an answer, by their paths. */
function leavesOf(value: unknown, path = '', leaves = new Map<string, unknown>()) {
  if (typeof value !== 'object' || value === null) leaves.set(path, value);
  else if (Object.keys(value).length === 0) leaves.set(path, JSON.stringify(value));
  else for (const [key, inner] of Object.entries(value)) leavesOf(inner, `${path}.${key}`, leaves);
  return leaves;
}

/** Where an answer shows what the field of a record says, as the ends of paths. */
const NOWHERE = /^$/;
const SHOWN: Readonly<Record<string, RegExp>> = {
  'groups.actions': /nodes\.0\.actions/,
  'groups.color': /nodes\.0\.icon/,
  'groups.createdAt': /nodes\.0\.createdAt$/,
  'groups.icon': /nodes\.0\.icon/,
  'groups.isCategory': /nodes\.0\.isCategory$/,
  'groups.isActive': /nodes\.0\.isActive$/,
  'groups.link': NOWHERE,
  'groups.name': NOWHERE,
  'groups.nestedGroups': NOWHERE,
  'groups.modifiedAt': /nodes\.0\.modifiedAt$/,
  'groups.nameCode': /nodes\.0\.code$/,
  'groups.nameDisplay': /nodes\.0\.name$/,
  // A group that is its own parent, or another's child, shows there.
  'groups.parent': /nodes\.\d\.(?:parent|children)/,
  'groups.weight': /nodes\.0\.weight$/,
  'channels.createdAt': /channels\.nodes\.2\.createdAt$/,
  'channels.group': /channels\.nodes\.2\.group/,
  'channels.groupOwnerIds': /channels\.nodes\.2\.admins/,
  'channels.image': /channels\.nodes\.2\.image/,
  'channels.isActive': /channels\.nodes\.2\.isActive$/,
  'channels.isDirect': /channels\.nodes\.2\.isDirect$/,
  'channels.isPrivate': /channels\.nodes\.2\.isPrivate$/,
  'channels.lastMessage': /channels\.nodes\.2\.lastMessage/,
  'channels.modifiedAt': /channels\.nodes\.2\.modifiedAt$/,
  'channels.nameCode': /channels\.nodes\.2\.code$/,
  'channels.nameDisplay': /channels\.nodes\.2\.name$/,
  'channels.userIds': /channels\.nodes\.2\.users/,
  'tasks.assignee': /tasks\.nodes\.0\.assignee/,
  'tasks.closedAt': /tasks\.nodes\.0\.closedAt$/,
  'tasks.createdAt': /tasks\.nodes\.0\.createdAt$/,
  'tasks.createdBy': /tasks\.nodes\.0\.createdBy/,
  'tasks.editors': /tasks\.nodes\.0\.editors/,
  'tasks.endDate': /tasks\.nodes\.0\.endDate$/,
  'tasks.estimatedTime': /tasks\.nodes\.0\.estimatedDays$/,
  'tasks.followers': /tasks\.nodes\.0\.followers/,
  'tasks.info': /tasks\.nodes\.0\.info$/,
  'tasks.isActive': /tasks\.nodes\.0\.isActive$/,
  'tasks.modifiedAt': /tasks\.nodes\.0\.modifiedAt$/,
  'tasks.modifiedStateAt': /tasks\.nodes\.0\.stateChangedAt$/,
  'tasks.name': /tasks\.nodes\.0\.name$/,
  'tasks.parent': /tasks\.nodes\.0\.parentId$/,
  'tasks.taskGroup': NOWHERE,
  'tasks.serial': /tasks\.nodes\.0\.serial$/,
  'tasks.smState': /tasks\.nodes\.0\.state(?:\.|$)/,
  'tasks.smStateMachine': /tasks\.nodes\.0\.stateMachine/,
  'tasks.startDate': /tasks\.nodes\.0\.startDate$/,
  'taskGroups.collectionName': /workflow\.code$/,
  'taskGroups.defaultView': /workflow\.defaultView$/,
  'taskGroups.flowType': /workflow\.flowType$/,
  'taskGroups.hideClosedAfterDays': /workflow\.hideClosedAfterDays$/,
  'taskGroups.initialStateMachine': /\.stateMachine(?:\.|$)/,
  'taskGroups.isActive': /workflow\.isActive$/,
  'stateMachines.code': /stateMachine\.code$/,
  'stateMachines.createdAt': /stateMachine\.createdAt$/,
  'stateMachines.initialState': /stateMachine\.initialState/,
  'stateMachines.isActive': /stateMachine\.isActive$/,
  'stateMachines.name': /stateMachine\.name$/,
  'states.isActive': /states\.0\.isActive$/,
  'states.next': /states\.0\.transitions/,
  'states.property': /(?:states\.0|tasks\.nodes\.0\.state)\.(?:name|code)$/,
  // A state that names another machine is not shown with this one.
  'states.stateMachine': /\.states/,
  'states.type': /states\.0\.type$/,
  'properties.name': /(?:states\.0|tasks\.nodes\.0\.state)\.(?:name|code)$/,
  'messages.channel': /messages\.nodes\.0\.channel/,
  'messages.content': /messages\.nodes\.0\.text$/,
  'messages.contentParts': /messages\.nodes\.0\.parts/,
  // It says which kind a message is.
  'messages.contentType': /messages\.nodes\.0\./,
  'messages.createdAt': /messages\.nodes\.0\.(?:sentAt|editedAt)$/,
  'messages.isActive': /messages\.nodes\.0\.(?:isRemoved|text|parts)/,
  'messages.isHidden': /messages\.nodes\.0\.(?:isRemoved|text|parts)/,
  'messages.modifiedAt': /messages\.nodes\.0\.(?:modifiedAt|editedAt)$/,
  'messages.sentBy': /messages\.nodes\.0\.sender/,
  'users.avatar': /users\.0\.avatar/,
  'users.email': /users\.0\.email$/,
  'users.isActive': /users\.0\.isActive$/,
  'users.isOnline': /users\.0\.isOnline$/,
  'users.jobTitle': /users\.0\.jobTitle$/,
  // The name of the sender tells whether the message begins with it.
  'users.name':
    /(?:users\.\d|admins\.\d|assignee|createdBy|editors\.\d|followers\.\d|sender)\.name$|\.text$/,
};

/** What a channel is listed by: where it is missing, or names another, that moves the channel. */
const MOVES = new Set(['channels.group', 'channels.modifiedAt']);
const isRead = (value: unknown): boolean =>
  value == null || value === '' || (typeof value === 'object' && '_id' in value);
/** Which of several records is changed, where it is not the first. */
const NTH: Partial<Record<keyof Records, number>> = { channels: 2 };

describe('a field of a wrong kind leaves all others as they are, and is an error at its own path', () => {
  test.each(Object.entries(SHOWN))('%s', async (name, own) => {
    const [list, field] = name.split('.') as [keyof Records, string];
    const records = company();
    const { ask } = stage(serveRecords(records));
    const before = leavesOf((await ask(ALL)).body.data);
    for (const value of WRONG) {
      const shown = MOVES.has(name) && isRead(value) ? /channels\.nodes/ : own;
      Object.assign(records[list][NTH[list] ?? 0] ?? {}, { [field]: value });
      const { body } = await ask(ALL);
      const after = leavesOf(body.data);
      const changed = [...before.keys(), ...after.keys()].filter(
        (path) => before.get(path) !== after.get(path) || before.has(path) !== after.has(path),
      );
      expect([value, changed.filter((path) => !shown.test(path))]).toEqual([value, []]);
      for (const { path, extensions } of body.errors ?? []) {
        expect(extensions.code).toBe('UPSTREAM_INVALID_RESPONSE');
        expect(path.join('.')).toMatch(shown);
      }
      expect(JSON.stringify(body.data).isWellFormed()).toBe(true);
      expect(JSON.stringify(body.data)).not.toContain('\\ud800');
    }
  });
});

describe('what else is read of records', () => {
  const listed = (more: Partial<Records>) => stage(serveRecords({ ...company(), ...more }));
  const group = { _id: '70a1000000000000000000a1', name: 'One' };

  test('a task group that hides its group: no group is taken for a standard one', async () => {
    const { ask } = listed({ groups: [group], taskGroups: [{ _id: group._id, group: 'soon' }] });
    const { body, codes } = await ask('{ groups { nodes { __typename } } }');
    expect(body.data).toEqual({ groups: { nodes: [null] } });
    expect(codes).toEqual(['UPSTREAM_INVALID_RESPONSE']);
  });

  describe('a task group that hides its group, beside one that names its own', () => {
    const other = { _id: '70a1000000000000000000a2', name: 'Two' };
    const hidden = { _id: '70f1000000000000000000f2', group: 'soon' };
    const taskGroups = [{ _id: '70f1000000000000000000f1', group: group._id }, hidden];

    test('in the whole list: the one is known, the others may be any type', async () => {
      const { ask, upstream } = listed({ groups: [group, other], taskGroups });
      const { body, codes } = await ask('{ groups { nodes { __typename } } }');
      expect(body.data.groups.nodes).toEqual([{ __typename: 'TaskGroup' }, null]);
      expect(codes).toEqual(['UPSTREAM_INVALID_RESPONSE']);
      const asked = upstream.calls.filter(({ path }) => path === '/v2/task-groups');
      expect(asked.map(({ query }) => query.get('groupIds'))).not.toContain(group._id);
    });

    test.each<[string, object[], unknown, number]>([
      ['the one is known', taskGroups, { __typename: 'TaskGroup' }, 0],
      ['what came alone may be of this one', [hidden], null, 1],
      ['what names no group as well', [{ _id: hidden._id, group: '' }], null, 1],
    ])('asked for alone: %s', async (_, taskGroups, expected, errors) => {
      const { ask, upstream } = listed({ groups: [group, other], taskGroups });
      const { body } = await ask(`{ group(id: "${group._id}") { __typename } }`);
      expect(body.data.group).toEqual(expected);
      expect(body.errors ?? []).toHaveLength(errors);
      const asked = upstream.calls.filter(({ path }) => path === '/v2/task-groups');
      expect(asked.map(({ query }) => query.get('groupIds'))).toEqual([group._id]);
    });
  });

  test('a link whose target cannot be read is one all the same', async () => {
    const link = { url: {}, auth: 'true', linkType: 7 };
    const { ask } = listed({ groups: [{ ...group, link }], taskGroups: [] });
    const { body } = await ask(
      '{ groups { nodes { __typename ... on LinkGroup { url linkType opensIn sendsToken } } } }',
    );
    expect(body.data.groups.nodes).toEqual([
      { __typename: 'LinkGroup', url: null, linkType: null, opensIn: 'POPUP', sendsToken: true },
    ]);
    expect(body.errors?.map(({ path }) => path.at(-1))).toEqual(['url', 'linkType']);
  });

  test('items of lists: the others are there, and an error is in the place of one', async () => {
    const [user] = company().users as [{ _id: string }];
    const channel = { _id: group._id, userIds: [user._id, 7, null, user] };
    const actions = [{ display: 'Open' }, 'open'];
    const { ask } = listed({
      groups: [{ ...group, actions, weight: '7', isActive: 'false', nameCode: 123 }],
      channels: [{ ...channel, group: group._id.toUpperCase() }],
      taskGroups: [],
    });
    const { body } = await ask(
      `{ groups { nodes { ... on StandardGroup {
        name code weight isActive actions { name opensIn } channels { nodes { users { name } group { __typename } } }
      } } } }`,
    );
    const kim = { name: 'Kim Harbour' };
    expect(body.data.groups.nodes).toEqual([
      {
        ...{ name: 'One', code: '123', weight: 7, isActive: false },
        actions: [
          { name: 'Open', opensIn: 'POPUP' },
          { name: null, opensIn: 'POPUP' },
        ],
        channels: {
          nodes: [{ users: [kim, null, kim], group: { __typename: 'StandardGroup' } }],
        },
      },
    ]);
    const paths = body.errors?.map(({ path }) => path.slice(3).join('.')).sort();
    expect(paths).toEqual(['actions.1.name', 'channels.nodes.0.users.1']);
  });

  test('category: from the listing of the menu, without a look-up of its type', async () => {
    const category = { ...group, isCategory: 1, nestedGroups: [company().groups[1]] };
    const { ask, upstream } = listed({ groups: [category, ...company().groups] });
    const { body } = await ask(
      `{ groups(filter: { type: STANDARD }) { nodes { ... on MenuEntry {
        name category { __typename name isCategory category { name } } } } } }`,
    );
    const one = { __typename: 'StandardGroup', name: 'One', isCategory: true, category: null };
    expect(body.data.groups.nodes).toEqual([
      { name: 'One', category: null },
      { name: 'Harbour Teams', category: null },
      { name: 'Repairs of Boats', category: one },
      { name: 'Northern Piers (2022)', category: null },
    ]);
    expect(upstream.calls.map(({ path }) => path)).toEqual(['/v2/groups', '/v2/groups']);
  });
});

const compiled = useSharedFaultStage({ compileAfter: 0 });

test('a query that is compiled has the same errors at the same paths', async () => {
  const records = company();
  Object.assign(records.groups[0] ?? {}, { weight: 'soon', icon: {} });
  const query = '{ groups { nodes { ... on MenuEntry { name weight icon { path color } } } } }';
  const plain = await stage(serveRecords(records)).ask(query);
  const fast = compiled.stage(serveRecords(records));
  for (let n = 0; n < 3; n += 1) expect((await fast.ask(query)).body).toEqual(plain.body);
  expect(plain.body.errors?.map(({ path }) => path.join('.'))).toEqual([
    'groups.nodes.0.weight',
    'groups.nodes.0.icon.path',
  ]);
});
