import { describe, expect, test } from '@jest/globals';
import { readEntity } from '../../src/cotalker/records/envelope.ts';
import { type GroupRecord, groupRecord } from '../../src/cotalker/records/group.ts';
import type { GroupType } from '../../src/generated/resolvers.ts';
import {
  linkTarget,
  nameOfGroup,
  toGroup,
  toLinkType,
  typeOfGroup,
} from '../../src/mapping/group.ts';

const ID = '5fb43a565ee842ad20f69751';
const record = (raw: Record<string, unknown> = {}): GroupRecord =>
  readEntity({ data: { _id: ID, ...raw } }, ID, groupRecord);

const SHORT = { name: 'Sales', code: 'sales', createdAt: '2020-11-12T15:39:33.001Z' };
const PERMISSIONS = { requiredPermission: ['group-read'], requiredPermissionsV2: [] };
const FULL = {
  nameDisplay: 'Sales',
  nameCode: 'sales',
  link: PERMISSIONS,
  defaultOpenBehavior: 'link',
  viewSettings: { initialView: 'task' },
  task: '5fb43aedb4508f03e1d9916b',
  taskManager: true,
};

describe('the type of a group', () => {
  const generations = [
    ['short', SHORT],
    ['full', FULL],
  ] as const;
  const link = (target: Record<string, unknown>) => ({ link: { ...PERMISSIONS, ...target } });
  const url = link({ url: 'https://x.test/' });

  describe.each(generations)('%s payload', (_, payload) => {
    test.each<[string, Record<string, unknown>, GroupType | undefined, boolean | undefined, any]>([
      // What it holds, the filter it came by, whether a task group names it, what it is.
      ['nothing, not looked up', {}, undefined, undefined, undefined],
      ['nothing, no task group', {}, undefined, false, 'STANDARD'],
      ['nothing, a task group', {}, undefined, true, 'TASK'],
      ['a link url', url, undefined, undefined, 'LINK'],
      ['a link cmd', link({ cmd: 'cotalker://x' }), undefined, undefined, 'LINK'],
      ['a blank url, a cmd', link({ url: ' \t\n', cmd: 'x' }), undefined, undefined, 'LINK'],
      ['an unsafe url', link({ url: 'javascript:1' }), undefined, undefined, 'LINK'],
      ['blank targets', link({ url: '', cmd: '  ' }), undefined, false, 'STANDARD'],
      ['blank targets, not looked up', link({ url: '', cmd: '' }), undefined, undefined, undefined],
      ['targets of null', link({ url: null, cmd: null }), undefined, true, 'TASK'],
      ['permission lists', link({}), undefined, false, 'STANDARD'],
      ['permission lists, a task group', link({}), undefined, true, 'TASK'],
      [
        'flags without a target',
        link({ auth: true, external: true }),
        undefined,
        false,
        'STANDARD',
      ],
      ['a link of null', { link: null }, undefined, false, 'STANDARD'],
      // Conflicts: the filter, then the target, then the task group.
      ['a url and a task group', url, undefined, true, 'LINK'],
      ['a url and no task group', url, undefined, false, 'LINK'],
      ['a url, filtered as standard', url, 'STANDARD', undefined, 'STANDARD'],
      ['a url and a task group, filtered as task', url, 'TASK', true, 'TASK'],
      ['nothing, filtered as link', {}, 'LINK', undefined, 'LINK'],
      ['nothing, filtered as task', {}, 'TASK', undefined, 'TASK'],
      ['nothing, filtered as standard', {}, 'STANDARD', undefined, 'STANDARD'],
      ['a task group, filtered as standard', {}, 'STANDARD', true, 'STANDARD'],
      ['no task group, filtered as task', {}, 'TASK', false, 'TASK'],
      ['a category', { isCategory: true }, undefined, false, 'STANDARD'],
    ])('%s', (_, raw, filteredBy, hasTaskGroup, type) => {
      const evidence = { filteredBy, ...(hasTaskGroup !== undefined && { hasTaskGroup }) };
      expect(typeOfGroup(record({ ...payload, ...raw }), evidence)).toBe(type);
    });
  });

  test.each([
    [{ url: 'https://x.test/', cmd: 'open' }, 'https://x.test/'],
    [{ url: '', cmd: 'open' }, 'open'],
    [{ url: null, cmd: ' open ' }, ' open '],
    [{ url: ' ' }, null],
    [undefined, null],
  ])('the target of %j is %j', (link, target) => {
    expect(linkTarget(record({ link }))).toBe(target);
  });
});

describe('plain fields', () => {
  test.each([
    [{ nameDisplay: 'A', name: 'B', nameCode: 'c', code: 'd' }, 'A', 'c'],
    [{ name: 'B', nameCode: 'c', code: 'd' }, 'B', 'c'],
    [{ name: 'B', code: 'd' }, 'B', 'd'],
    [{ nameDisplay: '  ', name: 'B' }, 'B', null],
    [{ nameDisplay: '', name: null, code: 'd' }, 'd', 'd'],
    [{ nameCode: 'c', code: 'd' }, 'c', 'c'],
    [{ nameCode: ' ', code: 'd' }, 'd', 'd'],
    [{}, ID, null],
  ])('%j is called %j and has the code %j', (raw, name, code) => {
    expect(nameOfGroup(record(raw))).toBe(name);
    expect(toGroup(record(raw), 'STANDARD')).toMatchObject({ name, code });
  });

  test.each([
    [{}, null],
    [{ icon: null, color: null }, null],
    [{ icon: 'M0 0' }, { __typename: 'Icon', path: 'M0 0', color: null }],
    [{ color: '#c84630' }, { __typename: 'Icon', path: null, color: '#c84630' }],
  ])('the icon of %j is %j', (raw, icon) => {
    expect(toGroup(record(raw), 'STANDARD').icon).toEqual(icon);
  });

  test.each([
    [undefined, true],
    [null, true],
    [true, true],
    [false, false],
  ])('isActive: %j reads as %j', (isActive, read) => {
    expect(toGroup(record({ isActive }), 'TASK').isActive).toBe(read);
  });

  test('nothing but an id makes a whole group of each type', () => {
    const entry = {
      ...{ id: ID, name: ID, code: null, createdAt: null, modifiedAt: null, isActive: true },
      ...{ weight: null, icon: null, parentId: null, nestedIds: null, actions: [] },
      ...{ panel: record().panel, nameTranslations: null },
    };
    expect(toGroup(record(), 'TASK')).toEqual({ ...entry, __typename: 'TaskGroup' });
    expect(toGroup(record(), 'STANDARD')).toEqual({
      ...entry,
      __typename: 'StandardGroup',
      isCategory: false,
    });
    expect(toGroup(record(), 'LINK')).toEqual({
      ...{ ...entry, __typename: 'LinkGroup', target: null, linkTypeName: null },
      ...{ opensIn: 'POPUP', sendsToken: false },
    });
  });

  test('nested groups count for a category alone; a populated parent is its id', () => {
    const nestedGroups = [ID, null];
    expect(toGroup(record({ nestedGroups }), 'STANDARD').nestedIds).toBeNull();
    expect(toGroup(record({ nestedGroups, isCategory: true }), 'STANDARD')).toMatchObject({
      nestedIds: [ID],
      isCategory: true,
    });
    expect(toGroup(record({ parent: { _id: ID, name: 'x' } }), 'TASK').parentId).toBe(ID);
  });
});

describe('what a link does', () => {
  test.each([
    [{}, 'POPUP', false],
    [{ embedded: true }, 'EMBEDDED', false],
    [{ external: true }, 'NEW_TAB', false],
    [{ external: true, embedded: true }, 'NEW_TAB', false],
    [{ external: false, embedded: false, auth: true }, 'POPUP', true],
    [{ external: null, embedded: null, auth: null }, 'POPUP', false],
  ])('%j: %s, token %s', (link, opensIn, sendsToken) => {
    const group = toGroup(record({ link: { url: 'x', ...link } }), 'LINK');
    expect(group).toMatchObject({ opensIn, sendsToken, target: 'x' });
  });

  test.each(['URL', 'APK', null])('linkType %j passes', (name) => {
    expect(toLinkType(name)).toBe(name);
  });
});

describe('actions', () => {
  test('by weight, then name, those without a weight last', () => {
    const actions = [
      { _id: 'e', display: 'b' },
      { _id: 'd', display: 'a' },
      { _id: 'c', display: 'z', weight: 2 },
      { _id: 'b', display: 'y', weight: -1 },
      { _id: 'a', display: 'y', weight: 2 },
      { weight: 0 },
    ];
    const ids = toGroup(record({ actions }), 'STANDARD').actions.map(({ id }) => id);
    expect(ids).toEqual(['b', null, 'a', 'c', 'd', 'e']);
  });

  test.each([
    [{}, { id: null, name: null, target: null, icon: null, opensIn: 'POPUP', sendsToken: false }],
    [{ url: '  ' }, { target: null }],
    [
      { url: '/x', external: true },
      { target: '/x', opensIn: 'NEW_TAB' },
    ],
    [
      { external: false, auth: true },
      { opensIn: 'POPUP', sendsToken: true },
    ],
    [
      { _id: 'no ObjectId', display: 'A', icon: 'M0' },
      { id: 'no ObjectId', name: 'A', icon: 'M0' },
    ],
  ])('%j', (raw, action) => {
    expect(toGroup(record({ actions: [raw] }), 'STANDARD').actions[0]).toMatchObject(action);
  });
});
