import { expect, test } from '@jest/globals';
import { createCompany, planted, type RawRecord, SANDBOX_USER_ID } from '../../sandbox/index.ts';

const company = createCompany();
const lists = Object.values(company).filter((part) => Array.isArray(part));
const every = new Map(lists.flatMap((list) => list.map((r) => [r['_id'], r])));
const get = (id: unknown): RawRecord | undefined => every.get(id);

test('every id has a record', () => {
  const gone = [planted.unknownGroup, planted.unknownState, planted.unknownUser];
  const ids = JSON.stringify(planted).match(/[0-9a-f]{24}/g) ?? [];
  expect(ids.filter((id) => !every.has(id))).toEqual(gone);
});

test('links', () => {
  const link = (id: string): unknown => get(id)?.['link'];
  const { links } = planted;
  expect(link(links.external)).toMatchObject({ external: true, embedded: false });
  expect(link(links.embedded)).toMatchObject({ external: false, embedded: true });
  expect(link(links.popUp)).toMatchObject({ external: false, embedded: false, auth: true });
  expect(link(links.apk)).toMatchObject({ linkType: 'APK' });
  expect(link(links.cmd)).toMatchObject({ url: '', cmd: expect.stringMatching(/./) });
  expect(link(links.relative)).toMatchObject({ url: expect.stringMatching(/^\/\w/) });
  expect(link(links.unsafe)).toMatchObject({ url: expect.stringMatching(/^\s+javascript:/i) });
});

test('groups', () => {
  const [grandparent, parent, child] = planted.groups.lineage;
  expect(get(child)).toMatchObject({ parent });
  expect(get(parent)).toMatchObject({ parent: grandparent });
  expect(get(planted.groups.childOfAdminOnly)).toMatchObject({
    parent: planted.groups.adminOnly.standard,
  });
  expect(get(planted.groups.withoutModifiedAt)).not.toHaveProperty('modifiedAt');
  expect(get(planted.groups.categoryWithGaps)?.['nestedGroups']).toEqual(
    expect.arrayContaining([planted.groups.adminOnly.task, planted.groups.inactive[0]]),
  );
});

test('workflows', () => {
  expect(get(planted.taskGroups.free)).toMatchObject({ flowType: 'free' });
  expect(get(planted.taskGroups.inactive)).toMatchObject({ isActive: false });
  expect(get(planted.stateMachines.unknownInitialState)).toMatchObject({
    taskGroup: planted.taskGroups.unknownInitialState,
    initialState: planted.unknownState,
  });
  expect(get(planted.states.inactive)).toMatchObject({ isActive: false });
  expect(get(planted.states.withoutProperty)).not.toHaveProperty('property');
  const kinds = company.states.map(({ property }) => typeof property);
  expect(new Set(kinds)).toEqual(new Set(['object', 'string', 'undefined']));
});

test('messages', () => {
  const history = company.messages.filter(({ channel }) => channel === planted.messages.channel);
  const moments = Map.groupBy(history, ({ modifiedAt }) => modifiedAt);
  expect(Math.max(...[...moments.values()].map(({ length }) => length))).toBe(25);
  expect(
    history.filter(({ isHidden, isActive }) => isHidden === true || isActive === false),
  ).toHaveLength(9);
  expect(new Set(history.map(({ contentType }) => contentType))).toEqual(
    new Set([
      ...['text/plain', 'text/system', 'text/enriched', 'image/jpeg', 'video/mp4'],
      ...['application/pdf', 'application/vnd.cotalker.survey', 'application/vnd.cotalker.contact'],
    ]),
  );
});

test('tasks and people', () => {
  const [first, second] = planted.tasks.sameName.map(get);
  expect(first?.['name']).toBe(second?.['name']);
  expect(first?.['taskGroup']).toBe(second?.['taskGroup']);
  expect(get(planted.tasks.withoutName)).toMatchObject({ name: null });
  expect(planted.tasks.inactiveAssignee.map((id) => get(id)?.['assignee'])).toEqual(
    planted.users.inactive,
  );
  expect(get(planted.users.withoutDisplayName)?.['name']).not.toHaveProperty('displayName');
  expect(get(planted.users.withoutName)?.['name']).toEqual({});
  expect(get(SANDBOX_USER_ID)).toMatchObject({ email: 'camila.rojas@andina.example' });
});

test('no other two tasks of a task group share a name', () => {
  const names = company.tasks.map(({ taskGroup, name }) => JSON.stringify([taskGroup, name]));
  expect(new Set(names).size).toBe(names.length - 1);
});
