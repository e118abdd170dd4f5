import { describe, expect, test } from '@jest/globals';
import { createCompany, planted, type RawRecord } from '../../sandbox/index.ts';
import { idsOf } from './ask.ts';

const company = createCompany();
const { adminOnlyGroupIds, ...lists } = company;

test('two companies are equal and share nothing', () => {
  const other = createCompany();
  expect(other).toEqual(company);
  const category = other.groups.find(({ isCategory }) => isCategory);
  (category?.['nestedGroups'] as unknown[]).pop();
  expect(other).not.toEqual(company);
  expect(createCompany()).toEqual(company);
});

test.each(Object.entries(lists))('%s: ids are well-formed, unique, and in no order', (_, list) => {
  const ids = idsOf(list).map(String);
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{24}$/);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).not.toEqual(ids.toSorted());
  expect(ids).not.toEqual(ids.toSorted().toReversed());
});

test('codes are of the right form and unique', () => {
  for (const list of [company.groups, company.channels]) {
    const codes = list.map(({ nameCode, code }) => String(nameCode ?? code));
    for (const code of codes) expect(code).toMatch(/^[a-z0-9_]{1,60}$/);
    expect(new Set(codes).size).toBe(codes.length);
  }
});

/** Every id a list of records holds in one field, be it one or an array of them. */
const held = (list: readonly unknown[], field: string): unknown[] =>
  list
    .flatMap((record) => (record as RawRecord)[field])
    .filter((value) => value !== undefined && value !== null)
    .map((value) => (typeof value === 'object' ? (value as RawRecord)['_id'] : value));

describe('references lead somewhere, but for the planted ones', () => {
  const { groups, channels, taskGroups, stateMachines, states, tasks, properties, users } = lists;
  const nested = states.flatMap(({ next }) => next as RawRecord[]);
  const gone = [planted.unknownGroup, planted.unknownState, planted.unknownUser];
  const messages = channels.flatMap(({ lastMessage }) => lastMessage ?? []);

  test.each([
    ['group', 'parent', groups, groups],
    ['group', 'nestedGroups', groups, groups],
    ['channel', 'group', channels, groups],
    ['channel', 'userIds', channels, users],
    ['channel', 'groupOwnerIds', channels, users],
    ['channel', 'propertyIds', channels, properties],
    ['last message', 'sender', messages, users],
    ['newer last message', 'sentBy', messages, users],
    ['message', 'channel', lists.messages, channels],
    ['message', 'sentBy', lists.messages, users],
    ['task group', 'group', taskGroups, groups],
    ['task group', 'initialStateMachine', taskGroups, stateMachines],
    ['state machine', 'taskGroup', stateMachines, taskGroups],
    ['state machine', 'initialState', stateMachines, states],
    ['state', 'stateMachine', states, stateMachines],
    ['state', 'taskGroup', states, taskGroups],
    ['state', 'property', states, properties],
    ['transition', 'target', nested, states],
    ['task', 'taskGroup', tasks, taskGroups],
    ['task', 'smStateMachine', tasks, stateMachines],
    ['task', 'smState', tasks, states],
    ['task', 'status', tasks, properties],
    ['task', 'status1', tasks, properties],
    ['task', 'channel', tasks, channels],
    ['task', 'parent', tasks, tasks],
    ...['assignee', 'createdBy', 'editors', 'followers', 'visibility', 'userList'].map(
      (field) => ['task', field, tasks, users] as const,
    ),
  ])('%s: %s', (_, field, from, to) => {
    const known = new Set<unknown>([...idsOf(to), ...gone]);
    const ids = held(from, field);
    expect(ids.length).toBeGreaterThan(0);
    expect(ids.filter((id) => !known.has(id))).toEqual([]);
  });

  test('each planted one is there', () => {
    expect(held(groups, 'nestedGroups')).toContain(planted.unknownGroup);
    expect(held(stateMachines, 'initialState')).toContain(planted.unknownState);
    expect(held(tasks, 'smState')).toContain(planted.unknownState);
    expect(held(tasks, 'assignee')).toContain(planted.unknownUser);
    for (const id of gone) expect(Object.values(lists).flatMap(idsOf)).not.toContain(id);
  });

  test('admin-only groups exist', () => {
    expect(idsOf(groups)).toEqual(expect.arrayContaining([...adminOnlyGroupIds]));
    expect([...adminOnlyGroupIds].toSorted()).toEqual(
      Object.values(planted.groups.adminOnly).toSorted(),
    );
  });
});
