import { describe, expect, test } from '@jest/globals';
import { objectId } from '../../sandbox/index.ts';
import { idOf, plant, rawGroup, rawTaskGroup, useStage } from '../support/stage.ts';

const stage = useStage();

const PANEL = `panel { groupBy groupSort groupSortDirection sort sortDirection ungrouped
  hiddenPropertyIds initialView }`;

async function ask(fields: string, id = idOf(1)) {
  const { body } = await stage.gateway.ask(`{ group(id: "${id}") { ${fields} } }`);
  return { group: body.data.group, errors: body.errors };
}

describe("a panel's settings", () => {
  const SETTINGS = {
    groupBy: 'zone',
    groupSort: 'weight',
    groupSortDirection: 'asc',
    innerSort: 'lastMessage',
    innerSortDirection: 'desc',
    channelsWithoutCategoryLocation: 'hide',
    hideChannelsByProperties: [idOf(7), '', { _id: idOf(8) }],
    viewSettings: { initialView: 'task' },
  };
  const panel = {
    ...{ groupBy: 'zone', groupSort: 'WEIGHT', groupSortDirection: 'ASC' },
    ...{ sort: 'LAST_MESSAGE', sortDirection: 'DESC', ungrouped: 'HIDE' },
    hiddenPropertyIds: [idOf(7), idOf(8)],
    initialView: 'TASKS',
  };

  test.each(['StandardGroup', 'TaskGroup'])('of a %s', async (type) => {
    plant(stage, [rawGroup(1, SETTINGS)], type === 'TaskGroup' ? [rawTaskGroup(1)] : []);
    expect(await ask(`... on ${type} { ${PANEL} }`)).toEqual({
      group: { panel },
      errors: undefined,
    });
  });

  test.each([
    ['weight', 'WEIGHT'],
    ['modifiedAt', 'MODIFIED_AT'],
    ['createdAt', 'CREATED_AT'],
    ['a-z', 'NAME'],
    ['lastMessage', 'LAST_MESSAGE'],
    ['', null],
  ])('sorted by %j: %j', async (innerSort, sort) => {
    plant(stage, [rawGroup(1, { innerSort, groupSort: innerSort })]);
    expect(await ask('... on StandardGroup { panel { sort groupSort } }')).toEqual({
      group: { panel: { sort, groupSort: sort } },
      errors: undefined,
    });
  });

  test('that are missing are null', async () => {
    plant(stage, [rawGroup(1)]);
    const missing = Object.fromEntries(Object.keys(panel).map((name) => [name, null]));
    expect((await ask(`... on StandardGroup { ${PANEL} }`)).group).toEqual({
      panel: { ...missing, hiddenPropertyIds: [] },
    });
  });

  test('that cannot be read fail alone', async () => {
    const odd = { innerSort: 'colour', viewSettings: 7, hideChannelsByProperties: 'all' };
    plant(stage, [rawGroup(1, { ...SETTINGS, ...odd })]);
    const { group, errors } = await ask(`... on StandardGroup { name ${PANEL} }`);
    const failed = { sort: null, initialView: null, hiddenPropertyIds: null };
    expect(group).toEqual({ name: 'Group 1', panel: { ...panel, ...failed } });
    expect(errors?.map(({ path }: any) => path.at(-1)).toSorted()).toEqual(
      Object.keys(failed).toSorted(),
    );
    expect(
      errors?.every(({ extensions }: any) => extensions.code === 'UPSTREAM_INVALID_RESPONSE'),
    ).toBe(true);
  });
});

describe('a name in a language', () => {
  const nameTranslations = { en: 'Field Works', 'pt-BR': 'Obras em Campo', fr: ' ', de: 7 };
  test.each([
    ['en', 'Field Works'],
    ['EN', 'Field Works'],
    ['en-GB', 'Field Works'],
    ['en_GB', 'Field Works'],
    ['pt-br', 'Obras em Campo'],
    ['pt-BR-x-abc', 'Obras em Campo'],
    ['pt', 'Group 1'],
    ['es', 'Group 1'],
    ['fr', 'Group 1'],
    ['de', 'Group 1'],
    ['', 'Group 1'],
    ['__proto__', 'Group 1'],
  ])('%j: %j', async (language, name) => {
    plant(stage, [rawGroup(1, { nameTranslations })]);
    const { body } = await stage.gateway.ask(
      `query ($language: String) { groups { nodes { ... on MenuEntry { name(language: $language) } } } }`,
      { variables: { language } },
    );
    expect(body).toEqual({ data: { groups: { nodes: [{ name }] } } });
  });

  test.each([undefined, null, '', 'en', ['en'], 7])('translations %j', async (planted) => {
    plant(stage, [rawGroup(1, { nameTranslations: planted })]);
    expect(await ask('... on MenuEntry { name(language: "en") }')).toEqual({
      group: { name: 'Group 1' },
      errors: undefined,
    });
  });

  test('all types have it, each beside its display name', async () => {
    const { body } = await stage.gateway.ask(`{
      field: group(id: "${objectId('group', 'field_works')}") { ... on TaskGroup {
        name translated: name(language: "en-US") } }
      news: group(id: "${objectId('group', 'company_announcements')}") { ... on StandardGroup {
        name translated: name(language: "en-US") } }
      intranet: group(id: "${objectId('group', 'intranet')}") { ... on LinkGroup {
        name translated: name(language: "en-US") } } }`);
    expect(body.data).toEqual({
      field: { name: 'Obras en Terreno', translated: 'Field Works' },
      news: { name: 'Company Announcements', translated: 'Company Announcements' },
      intranet: { name: 'Intranet', translated: 'Intranet' },
    });
  });
});

describe('a channel', () => {
  test.each<[object, unknown]>([
    [
      { pinned: [], settings: { write: 'all' } },
      { isPinned: false, isWritable: true },
    ],
    [
      { pinned: [idOf(9)], settings: { write: 'none' } },
      { isPinned: true, isWritable: false },
    ],
    [{}, { isPinned: null, isWritable: null }],
    [
      { pinned: null, settings: { write: '' } },
      { isPinned: null, isWritable: null },
    ],
  ])('%j: %j', async (fields, channel) => {
    stage.sandbox.data.channels = [{ _id: idOf(2), ...fields }];
    const { body } = await stage.gateway.ask(
      `{ channel(id: "${idOf(2)}") { isPinned isWritable } }`,
    );
    expect(body).toEqual({ data: { channel } });
  });

  test('what cannot be read fails alone', async () => {
    stage.sandbox.data.channels = [
      { _id: idOf(2), nameDisplay: 'Two', pinned: 'yes', settings: { write: 'admins' } },
    ];
    const { body } = await stage.gateway.ask(
      `{ channel(id: "${idOf(2)}") { name isPinned isWritable } }`,
    );
    expect(body.data).toEqual({ channel: { name: 'Two', isPinned: null, isWritable: null } });
    expect(body.errors).toHaveLength(2);
  });
});
