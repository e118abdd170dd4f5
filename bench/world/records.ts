import { objectId } from '../../sandbox/index.ts';

/** A moment, `minutes` after the world began. Every record has one of its own, so lists have one order. */
const at = (minutes: number): string =>
  new Date(Date.UTC(2024, 0, 1) + minutes * 60_000).toISOString();

export const id = (kind: string, key: string | number): string => objectId(kind, String(key));

const ICON =
  'M12 2C6.48 2 2 6.48 2 12s4.48 10 10 10 10-4.48 10-10S17.52 2 12 2zm-1 17.93c-3.95-.49-7-3.85-7-7.93';

const permissions = { requiredPermission: ['group-read'], requiredPermissionsV2: [] as string[] };

/** A group in the full generation of the payload: 27 fields and about 1 KB. */
export const group = (n: number) => ({
  createChannels: { active: n % 2 === 0, ...permissions },
  link: { ...permissions },
  isActive: true,
  color: '#0b6e4f',
  icon: ICON,
  search: ['group', 'number', String(n)],
  hideChannelsByProperties: [] as string[],
  channelsWithoutCategoryLocation: 'top',
  groupBy: 'none',
  groupSort: 'weight',
  groupSortDirection: 'asc',
  innerSort: 'lastMessage',
  innerSortDirection: 'desc',
  viewSettings: { initialView: 'group' },
  help: { text: 'Ask the people in the channel.', faqUrl: '', animation: '', isActive: false },
  subdisplay: 'Servicios de red y atención en terreno',
  defaultOpenBehavior: 'channel',
  _id: id('group', n),
  nameDisplay: `Operación región ${n}`,
  nameCode: `operacion_region_${n}`,
  company: id('company', 'bench'),
  createdAt: at(n),
  modifiedAt: at(100_000 + n),
  actions: [] as unknown[],
  weight: 10 * n,
  isCategory: false,
  __v: 0,
});
export type GroupRecord = ReturnType<typeof group>;

export const channel = (groupNumber: number, n: number) => {
  const key = groupNumber * 1000 + n;
  return {
    _id: id('channel', key),
    group: id('group', groupNumber),
    nameDisplay: `Turno ${n} de la región ${groupNumber}`,
    nameCode: `turno_${n}_region_${groupNumber}`,
    company: id('company', 'bench'),
    isActive: true,
    isDirect: false,
    isPrivate: n % 3 === 0,
    userIds: [0, 3, 7].map((offset) => id('user', (key + offset) % USERS)),
    groupOwnerIds: [id('user', key % USERS)],
    propertyIds: [] as string[],
    bots: [] as string[],
    pinned: [] as string[],
    settings: { write: 'all' },
    videoCall: { isActive: false },
    search: ['turno', String(n)],
    lastMessage: {
      content: 'Llegamos a terreno, partimos en 10 min.',
      contentType: 'text/plain',
      date: at(150_000 + key),
      sender: id('user', (key + 3) % USERS),
    },
    createdAt: at(1000 + key),
    // Spread over the company, as use is: a page of the whole list holds channels of all groups.
    modifiedAt: at(200_000 + n * 1_000_000 + groupNumber),
  };
};
export type ChannelRecord = ReturnType<typeof channel>;

export const taskGroup = (groupNumber: number) => ({
  _id: id('taskGroup', groupNumber),
  group: id('group', groupNumber),
  collectionName: `trabajos_${groupNumber}`,
  flowType: 'state-machine',
  defaultView: groupNumber % 2 === 0 ? 'kanban' : 'list',
  initialStateMachine: id('stateMachine', groupNumber),
  hideClosedAfterDays: 30,
  levelConfig: [] as unknown[],
  isActive: true,
  createdAt: at(groupNumber),
  modifiedAt: at(300_000 + groupNumber),
  ...permissions,
});
export type TaskGroupRecord = ReturnType<typeof taskGroup>;

const STATE_TYPES = ['new', 'in-progress', 'in-progress', 'closed'] as const;
export const STATES = STATE_TYPES.length;
const STATE_NAMES = ['Planificado', 'En curso', 'En espera', 'Terminado'];

export const state = (groupNumber: number, n: number) => ({
  _id: id('state', `${groupNumber}/${n}`),
  stateMachine: id('stateMachine', groupNumber),
  taskGroup: id('taskGroup', groupNumber),
  type: STATE_TYPES[n % STATES] as (typeof STATE_TYPES)[number],
  property: id('property', n),
  isActive: true,
  next: [{ target: id('state', `${groupNumber}/${(n + 1) % STATES}`), canChange: ['manual'] }],
  createdAt: at(n),
});
export type StateRecord = ReturnType<typeof state>;

export const property = (n: number) => ({
  _id: id('property', n),
  name: { display: STATE_NAMES[n] ?? '', code: `estado_${n}` },
  propertyType: 'estado',
  isActive: true,
});
export type PropertyRecord = ReturnType<typeof property>;

export const task = (groupNumber: number, n: number) => ({
  _id: id('task', `${groupNumber}/${n}`),
  serial: n,
  name: `Cambio de transformador ${String(n).padStart(3, '0')}`,
  info: 'Coordinar el corte con el centro de control.',
  taskGroup: id('taskGroup', groupNumber),
  smStateMachine: id('stateMachine', groupNumber),
  smState: id('state', `${groupNumber}/${n % STATES}`),
  status: id('property', n % STATES),
  asset: id('asset', n),
  assignee: id('user', (groupNumber * 3 + n) % USERS),
  createdBy: id('user', n % USERS),
  editors: [] as string[],
  followers: [id('user', (n + 1) % USERS)],
  startDate: at(400_000 + n),
  createdAt: at(350_000 + n),
  modifiedAt: at(360_000 + n),
  isActive: true,
  extensions: { priority: n % 3 },
});
export type TaskRecord = ReturnType<typeof task>;

export const USERS = 20;
export const user = (n: number) => ({
  _id: id('user', n),
  name: { displayName: `Camila Rojas ${n}`, names: 'Camila', lastName: 'Rojas' },
  email: `camila.rojas.${n}@andina.example`,
  jobTitle: 'Jefa de turno',
  phone: '+56 9 5555 5555',
  permissionsV2: ['group-read', 'channel-read', 'task-read', 'task-write'],
  accessRoles: [id('role', n % 4)],
  settings: { language: 'es', notifications: { push: true, email: false } },
  isActive: true,
  isOnline: n % 2 === 0,
});
export type UserRecord = ReturnType<typeof user>;
