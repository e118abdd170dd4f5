import type { SandboxData } from '../../sandbox/index.ts';
import {
  channel,
  type ChannelRecord,
  group,
  type GroupRecord,
  id,
  property,
  type PropertyRecord,
  state,
  type StateRecord,
  STATES,
  task,
  taskGroup,
  type TaskGroupRecord,
  type TaskRecord,
  user,
  type UserRecord,
  USERS,
} from './records.ts';

/** A company: what the upstream holds, as the sandbox serves it. */
export interface World extends SandboxData {
  groups: GroupRecord[];
  channels: ChannelRecord[];
  taskGroups: TaskGroupRecord[];
  states: StateRecord[];
  tasks: TaskRecord[];
  properties: PropertyRecord[];
  users: UserRecord[];
}

type Kind = 'standard' | 'task' | 'link';

interface Plan {
  readonly size: number;
  readonly kindOf: (n: number) => Kind;
  readonly channelsPerGroup: number;
  readonly tasksPerGroup?: number;
  readonly change?: (groups: GroupRecord[]) => void;
}

const range = (count: number): number[] => Array.from({ length: count }, (_, n) => n);
const LINK = { url: 'https://files.andina.example/field-4.2.apk', linkType: 'APK', external: true };

function createWorld({ size, kindOf, channelsPerGroup, tasksPerGroup = 0, change }: Plan): World {
  const groups = range(size).map((n) => {
    const record = group(n);
    return kindOf(n) === 'link' ? { ...record, link: { ...record.link, ...LINK } } : record;
  });
  change?.(groups);
  const withTasks = range(size).filter((n) => kindOf(n) === 'task');
  return {
    groups,
    channels: range(size)
      .filter((n) => kindOf(n) !== 'link')
      .flatMap((n) => range(channelsPerGroup).map((place) => channel(n, place))),
    taskGroups: withTasks.map(taskGroup),
    stateMachines: [],
    states: withTasks.flatMap((n) => range(STATES).map((place) => state(n, place))),
    tasks: withTasks.flatMap((n) => range(tasksPerGroup).map((place) => task(n, place))),
    properties: range(STATES).map(property),
    users: range(USERS).map(user),
    messages: [],
    adminOnlyGroupIds: new Set(),
  };
}

/** Standard groups only, with five channels each: the type is asked for by filter. */
const plain = (size: number): World =>
  createWorld({ size, kindOf: () => 'standard', channelsPerGroup: 5 });

/** Of ten groups three run tasks and one is a link. */
const mixedKind = (n: number): Kind =>
  n % 10 === 9 ? 'link' : [1, 4, 7].includes(n % 10) ? 'task' : 'standard';

/** A menu of 11 entries: two of them categories of four, two of them with one group below. */
const menu = (): World =>
  createWorld({
    size: 21,
    kindOf: (n) =>
      n >= 9 && n <= 10 ? 'link' : [6, 7, 8, 14, 18].includes(n) ? 'task' : 'standard',
    channelsPerGroup: 6,
    tasksPerGroup: 12,
    change: (groups) => {
      for (const [category, nested] of [
        [0, [11, 12, 13, 14]],
        [1, [15, 16, 17, 18]],
      ] as const) {
        const nestedGroups = nested.map((n) => id('group', n));
        Object.assign(groups[category] as object, { isCategory: true, nestedGroups });
      }
      for (const [parent, child] of [
        [2, 19],
        [3, 20],
      ] as const) {
        Object.assign(groups[child] as object, { parent: id('group', parent) });
      }
    },
  });

export const WORLDS = {
  plain10: () => plain(10),
  plain100: () => plain(100),
  plain1000: () => plain(1000),
  mixed100: () => createWorld({ size: 100, kindOf: mixedKind, channelsPerGroup: 5 }),
  menu,
} as const satisfies Record<string, () => World>;
export type WorldName = keyof typeof WORLDS;
