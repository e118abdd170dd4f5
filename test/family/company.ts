import { objectId, type RawRecord, type SandboxData } from '../../sandbox/index.ts';

/*
 * A company that is small, so that hundreds of upstreams can be asked for all of it. Yet each reading makes a
 * difference: there are more groups, tasks and people than one page of the smallest cap holds, ids are in no order,
 * and fields are missing.
 */

const at = (minute: number): string =>
  new Date(Date.UTC(2024, 0, 1) + minute * 60_000).toISOString();

const TASK_GROUPS = ['works', 'incidents', 'quotes', 'permits', 'diary'] as const;
/** How many tasks each has. The first has more than three pages of seven. */
const TASKS: Readonly<Record<string, number>> = { works: 23, incidents: 5, quotes: 7 };
/** One is the person of the token. */
const PEOPLE = [
  'ana',
  'bruno',
  'camila_rojas',
  'diego',
  'elena',
  'felipe',
  'gloria',
  'hugo',
] as const;
const STATES = ['open', 'doing', 'closed'] as const;

const groupId = (name: string): string => objectId('group', name);
const taskGroupId = (name: string): string => objectId('taskGroup', name);
const userId = (index: number): string => objectId('user', PEOPLE[index % PEOPLE.length] ?? '');
const stateId = (group: string, state: string): string => objectId('state', `${group} ${state}`);
/** One is of no property. */
const propertyId = (group: string, state: string): string =>
  objectId(group === 'incidents' && state === 'open' ? 'gone' : 'property', `${group} ${state}`);

function groups(): RawRecord[] {
  const named = (name: string, index: number, more: RawRecord = {}): RawRecord => ({
    _id: groupId(name),
    nameDisplay: name,
    nameCode: name,
    search: [name, index % 2 === 0 ? 'even' : 'odd'],
    // Two share each moment.
    modifiedAt: at(Math.floor(index / 2)),
    createdAt: at(index),
    weight: index,
    isActive: true,
    ...more,
  });
  return [
    named('news', 0),
    ...TASK_GROUPS.slice(0, 3).map((name, index) => named(name, index + 1)),
    named('intranet', 4, { link: { url: 'https://intranet.example/' } }),
    named('safety', 5, { modifiedAt: undefined }),
    named('training', 6, { parent: groupId('safety') }),
    ...TASK_GROUPS.slice(3).map((name, index) => named(name, index + 7)),
    named('scanner', 9, { link: { cmd: 'scan', url: '' } }),
    named('archive', 10, { isActive: false }),
    named('board', 11),
  ];
}

const taskGroups = (): RawRecord[] =>
  TASK_GROUPS.map((name, index) => ({
    _id: taskGroupId(name),
    group: groupId(name),
    collectionName: name,
    flowType: 'state-machine',
    defaultView: 'list',
    // One has none; one is inactive, and its group is a task group all the same.
    ...(name !== 'permits' && { initialStateMachine: objectId('machine', name) }),
    isActive: name !== 'diary',
    createdAt: at(TASK_GROUPS.length - index),
    modifiedAt: at(index),
  }));

const stateMachines = (): RawRecord[] =>
  TASK_GROUPS.map((name) => ({
    _id: objectId('machine', name),
    taskGroup: taskGroupId(name),
    name: `${name} flow`,
    code: name,
    initialState: stateId(name, 'open'),
    ...(name !== 'quotes' && {
      dynamicPropertyTypes: { status1: objectId('propertyType', 'zone'), isActive: ['status1'] },
    }),
    isActive: true,
    createdAt: at(1),
  }));

const states = (): RawRecord[] =>
  TASK_GROUPS.flatMap((name) =>
    STATES.map((state, place) => ({
      _id: stateId(name, state),
      stateMachine: objectId('machine', name),
      taskGroup: taskGroupId(name),
      type: ['new', 'in-progress', 'closed'][place],
      // One has no name.
      ...((name !== 'quotes' || state !== 'closed') && { property: propertyId(name, state) }),
      isActive: true,
      next:
        place === 2
          ? []
          : [
              {
                target: stateId(name, STATES[place + 1] ?? ''),
                canChange: place === 0 ? ['manual', 'survey'] : ['manual'],
                requiredSurvey: place === 0 ? objectId('survey', name) : null,
              },
            ],
      createdAt: at(2),
    })),
  );

const properties = (): RawRecord[] =>
  TASK_GROUPS.flatMap((name) =>
    STATES.map((state, index) => ({
      _id: objectId('property', `${name} ${state}`),
      ...(index === 0
        ? { name: { display: `${name} ${state}`, code: `${name}_${state}` } }
        : { display: `${name} ${state}`, code: `${name}_${state}` }),
      isActive: state !== 'doing',
    })),
  );

const tasks = (): RawRecord[] =>
  TASK_GROUPS.flatMap((name) =>
    Array.from({ length: TASKS[name] ?? 0 }, (_, n) => ({
      _id: objectId('task', `${name} ${n}`),
      serial: n,
      name: `${name} ${String((n * 7) % 23).padStart(2, '0')}`,
      taskGroup: taskGroupId(name),
      smStateMachine: objectId('machine', name),
      smState: stateId(name, STATES[n % 3] ?? ''),
      status: propertyId(name, STATES[n % 3] ?? ''),
      ...(n % 4 !== 3 && { assignee: userId(n) }),
      createdBy: userId(n + 1),
      ...(n % 2 === 0 && { status1: propertyId(name, 'doing') }),
      weight: n,
      // One is of nobody: the people of a query are fewer than its ids, however these are sent.
      followers: [n === 2 ? objectId('gone', 'user') : userId(n), userId(n + 2)],
      ...(n % 2 === 0 && { startDate: at(n) }),
      createdAt: at(n),
      modifiedAt: at(n + 1),
      isActive: n !== 9,
    })),
  );

const channels = (): RawRecord[] =>
  ['news', 'works', 'works', 'incidents', 'news', 'board', 'news', 'works', 'news', 'quotes'].map(
    (group, n) => ({
      _id: objectId('channel', String(n)),
      group: groupId(group),
      nameDisplay: `Channel ${n}`,
      nameCode: `channel_${n}`,
      search: ['channel', n % 2 === 0 ? 'even' : 'odd'],
      modifiedAt: at(Math.floor(n / 2)),
      createdAt: at(n),
      isActive: n !== 4,
      userIds: [userId(n), userId(n + 3)],
      groupOwnerIds: [userId(n)],
      ...(n % 3 === 0 && {
        image: { small: `https://s.example/${n}`, square: '', original: `https://o.example/${n}` },
      }),
      ...(n % 2 === 0 && {
        lastMessage: {
          content: `Message ${n}`,
          contentType: 'text/plain',
          date: at(n + 100),
          sender: userId(n + 3),
        },
      }),
    }),
  );

const KINDS = [
  { content: 'Good morning', contentType: 'text/plain' },
  { content: '{"original":"https://p.example/o"}', contentType: 'image/png' },
  { content: '**Shift B**', contentType: 'text/system' },
];

/** Two channels have some. Of the first, six have one moment, and each fifth was changed later. */
const messages = (): RawRecord[] =>
  [23, 2].flatMap((count, channel) =>
    Array.from({ length: count }, (_, n) => {
      const sent = Date.parse(at(n > 8 && n < 15 ? 9 : n));
      const changed = n % 5 === 1 ? sent + 90_500 : sent;
      return {
        _id: objectId('message', `${channel} ${n}`),
        channel: objectId('channel', String(channel)),
        sentBy: userId(n),
        ...KINDS[n % KINDS.length],
        createdAt: sent,
        modifiedAt: new Date(changed).toISOString(),
        ...(n % 7 === 3 && { isHidden: true }),
      };
    }),
  );

const users = (): RawRecord[] =>
  PEOPLE.map((name, index) => ({
    _id: userId(index),
    name: { displayName: name },
    email: `${name}@example.com`,
    company: objectId('company', 'small'),
    isActive: index !== 3,
    ...(index % 2 === 0 && {
      avatar: { small: `https://s.example/${name}`, square: 'https://q.example/', original: '' },
    }),
  }));

export const createSmallCompany = (): SandboxData => ({
  groups: groups(),
  channels: channels(),
  taskGroups: taskGroups(),
  stateMachines: stateMachines(),
  states: states(),
  tasks: tasks(),
  messages: messages(),
  properties: properties(),
  users: users(),
  adminOnlyGroupIds: new Set([groupId('board')]),
});

export const ids = {
  works: groupId('works'),
  /** A task group whose own task group is inactive. */
  diary: groupId('diary'),
  news: groupId('news'),
  ana: objectId('user', 'ana'),
  nobody: objectId('user', 'nobody'),
  /** Two with messages, and one without. */
  chats: ['0', '1', '2'].map((n) => objectId('channel', n)),
};
