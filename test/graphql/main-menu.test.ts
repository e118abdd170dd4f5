import { describe, expect, test } from '@jest/globals';
import { objectId, planted } from '../../sandbox/index.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  queryOf,
  range,
  rawGroup,
  rawTaskGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();
const ask = async (query: string) => (await stage.gateway.ask(query)).body;

const NAMES = '... on MenuEntry { name }';
const TREE = `{ mainMenu { ${NAMES} ... on MenuEntry { children { ${NAMES} } } } }`;

/** Each entry's name with those of its children, in order. */
async function treeOf(query = TREE, field = 'mainMenu'): Promise<[string, string[]][]> {
  const { data, errors } = await ask(query);
  expect(errors).toBeUndefined();
  return data[field].map(({ name, children }: any) => [name, children.map((c: any) => c.name)]);
}

describe('the company’s menu (sheet, section 4)', () => {
  test('shows what has no parent and is in no category, by weight, and opens to what is below', async () => {
    const tree = await treeOf();
    expect(tree.map(([name]) => name)).toEqual([
      ...['Company Announcements', 'Operaciones', 'Sales', 'Prevención de Riesgos'],
      ...['Personas y Cultura', 'Aprobación de Compras', 'Cambio de Medidores'],
      ...['Reclamos de Clientes', 'IT Support', 'Recruitment', 'Permisos Municipales'],
      ...['Ideas Board', 'Quality Audits', 'Bitácora de Obra', 'Proveedores', 'Intranet'],
      ...['Clima y Pronóstico', 'Help Desk', 'Field App (Android)', 'Escáner QR'],
      ...['Monthly Reports', 'Prize Draw!!!', 'The Best Group Ever!'],
      // Without a weight, by name.
      ...['Bodega Central', 'Northern Division - Projections 2021', 'Solicitud de Vehículos'],
    ]);
    const below = new Map(tree.filter(([, children]) => children.length > 0));
    // A category's nested groups, without the inactive, the invisible and the unknown ones.
    expect([...below]).toEqual([
      [
        'Operaciones',
        ...[
          [
            'Sala de Control',
            'Obras en Terreno',
            'Network Incidents',
            'Mantención de Subestaciones',
          ],
        ],
      ],
      ['Sales', ['Customer Quotes', 'Tender Pipeline', 'South Pacific Sales (2020)']],
      // The same weight: by name.
      [
        'Prevención de Riesgos',
        ['Capacitaciones', 'Comité Paritario', 'Observaciones de Seguridad'],
      ],
    ]);
  });

  test('three levels deep, with parents: one listing and one look-up', async () => {
    const level = `__typename ... on MenuEntry { id parent { ... on MenuEntry { id } } `;
    const { data, errors } = await ask(
      `{ mainMenu { ${level} children { ${level} children { ${level} } } } } } } }`,
    );
    expect(errors).toBeUndefined();
    const [grandparent, parent, child] = planted.groups.lineage;
    const safety = data.mainMenu.find(({ id }: any) => id === grandparent);
    const training = safety.children.find(({ id }: any) => id === parent);
    expect(safety.parent).toBeNull();
    expect(training.parent).toEqual({ id: grandparent });
    expect(training.children).toEqual([
      { __typename: 'StandardGroup', id: child, parent: { id: parent } },
    ]);
    const types = data.mainMenu.flatMap(({ __typename, children }: any) => [
      ...[__typename, ...children.map((one: any) => one.__typename)],
    ]);
    expect(new Set(types)).toEqual(new Set(['StandardGroup', 'TaskGroup', 'LinkGroup']));

    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups', '/v2/task-groups']);
    expect(queryOf(stage.sandbox.calls[0])).toEqual({
      ...{ isActive: 'true', sortBy: 'modifiedAt', orderBy: 'asc', count: 'true' },
      ...{ page: '1', limit: '1000' },
    });
  });

  test('the parent of a group on any list; null where it is hidden, inactive or unknown', async () => {
    plant(stage, [
      rawGroup(1),
      ...[1, 7, 8, 9].map((parent, n) => rawGroup(10 + n, { parent: idOf(parent) })),
      rawGroup(7, { isActive: false }),
      rawGroup(8),
    ]);
    stage.sandbox.data.adminOnlyGroupIds.add(idOf(8));
    const { data, errors } = await ask(
      '{ groups { nodes { ... on MenuEntry { id parent { ... on MenuEntry { id } } } } } }',
    );
    expect(errors).toBeUndefined();
    expect(data.groups.nodes.map(({ id, parent }: any) => [id, parent?.id ?? null])).toEqual([
      ...[
        [idOf(1), null],
        [idOf(10), idOf(1)],
        [idOf(11), null],
      ],
      ...[
        [idOf(12), null],
        [idOf(13), null],
      ],
    ]);
  });

  test('a group whose parent is hidden is not in the menu', async () => {
    const { data } = await ask('{ mainMenu { ... on MenuEntry { id } } }');
    const ids = data.mainMenu.map(({ id }: any) => id);
    expect(ids).not.toContain(planted.groups.childOfAdminOnly);
    expect(ids).not.toContain(objectId('group', 'board_room'));
  });

  test('no listing for groups without a parent', async () => {
    plant(stage, [rawGroup(1, { link: { cmd: 'x' } })]);
    await ask('{ groups { nodes { ... on MenuEntry { parent { __typename } } } } }');
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups']);
  });
});

describe('odd data', () => {
  const category = (...nested: unknown[]) => ({ isCategory: true, nestedGroups: nested });

  test.each<[string, ReturnType<typeof rawGroup>[], [string, string[]][]]>([
    ['a parent of itself', [rawGroup(1, { parent: idOf(1) }), rawGroup(2)], [['Group 2', []]]],
    [
      'parents of each other',
      [rawGroup(1, { parent: idOf(2) }), rawGroup(2, { parent: idOf(1) }), rawGroup(3)],
      [['Group 3', []]],
    ],
    [
      'categories nested in each other',
      [rawGroup(1, category(idOf(2))), rawGroup(2, category(idOf(1))), rawGroup(3)],
      [['Group 3', []]],
    ],
    [
      'a category nested in itself',
      [rawGroup(1, category(idOf(1), idOf(2))), rawGroup(2), rawGroup(3)],
      [['Group 3', []]],
    ],
    [
      'duplicates, nulls and populated groups in nestedGroups',
      [
        rawGroup(1, category(idOf(3), null, idOf(2), idOf(3), rawGroup(2))),
        rawGroup(2),
        rawGroup(3),
      ],
      [['Group 1', ['Group 2', 'Group 3']]],
    ],
    [
      'a category lists what it nests, not whose parent it is',
      [rawGroup(1, category(idOf(3))), rawGroup(2, { parent: idOf(1) }), rawGroup(3)],
      [['Group 1', ['Group 3']]],
    ],
    [
      'a category without nested groups',
      [
        rawGroup(1, category()),
        rawGroup(2, { isCategory: true }),
        rawGroup(3, { parent: idOf(2) }),
      ],
      [
        ['Group 1', []],
        ['Group 2', []],
      ],
    ],
    [
      'no weight comes last, ties by name',
      [
        rawGroup(1, { nameDisplay: 'b', weight: 1 }),
        rawGroup(2, { nameDisplay: 'a' }),
        rawGroup(3, { nameDisplay: 'A', weight: 1 }),
        rawGroup(4, { nameDisplay: 'z', weight: -0.5 }),
      ],
      ['z', 'A', 'b', 'a'].map((name) => [name, []]),
    ],
  ])('%s', async (_, groups, tree) => {
    plant(stage, groups);
    expect(await treeOf()).toEqual(tree);
  });

  test('rings end where the query does', async () => {
    plant(stage, [
      rawGroup(1, { parent: idOf(2) }),
      rawGroup(2, { parent: idOf(1) }),
      rawGroup(3, { parent: idOf(3) }),
    ]);
    const up = (depth: number): string =>
      depth === 0 ? '' : `parent { ... on MenuEntry { id ${up(depth - 1)} } }`;
    const down = (depth: number): string =>
      depth === 0 ? '' : `children { ... on MenuEntry { id ${down(depth - 1)} } }`;
    const { data, errors } = await ask(
      `{ groups(first: 3) { nodes { ... on MenuEntry { id ${up(6)} ${down(3)} } } } }`,
    );
    expect(errors).toBeUndefined();
    const [one, , three] = data.groups.nodes;
    expect(one.parent.parent.parent.parent.parent.parent.id).toBe(idOf(1));
    expect(three.children[0].children[0].children[0].id).toBe(idOf(3));
    // The page is the whole list, so it tells the menu, too.
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups']);
  });

  test('a category of another type still opens to its nested groups', async () => {
    const link = { ...category(idOf(2)), link: { url: 'x' } };
    plant(stage, [rawGroup(1, link), rawGroup(2), rawGroup(3)], [rawTaskGroup(3)]);
    expect(await treeOf()).toEqual([
      ['Group 1', ['Group 2']],
      ['Group 3', []],
    ]);
  });

  test('an empty menu', async () => {
    plant(stage, []);
    expect(await ask(TREE)).toEqual({ data: { mainMenu: [] } });
    expect(endpoints(stage.sandbox)).toEqual(['/v2/groups']);
  });
});

describe('failures', () => {
  test('a malformed group costs one null and one error; the rest is complete', async () => {
    plant(stage, [rawGroup(1), null, rawGroup(2, { _id: 'none' }), rawGroup(3)]);
    const { data, errors } = await ask(TREE);
    expect(data.mainMenu).toEqual([
      ...[{ name: 'Group 1', children: [] }, { name: 'Group 3', children: [] }, null, null],
    ]);
    expect(errors).toMatchObject([
      { path: ['mainMenu', 2], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
      { path: ['mainMenu', 3], extensions: { code: 'UPSTREAM_INVALID_RESPONSE' } },
    ]);
  });

  test('a malformed group fails where its own data puts it, and is absent nowhere', async () => {
    const broken = { _id: 'none' };
    plant(stage, [
      rawGroup(1),
      rawGroup(2, { parent: idOf(1), ...broken }),
      rawGroup(3, { parent: 'none' }),
      rawGroup(4, { isCategory: true, nestedGroups: [idOf(5), 'none'] }),
      rawGroup(5, { parent: idOf(2) }),
    ]);
    const query = `{
      mainMenu { ... on MenuEntry { name children { ... on MenuEntry { name } } } }
      child: group(id: "${idOf(5)}") { ... on MenuEntry { name parent { ... on MenuEntry { name } } } }
    }`;
    const { data, errors } = await ask(query);
    expect(data).toEqual({
      mainMenu: [
        { name: 'Group 1', children: [null] },
        // Whose parent cannot be read shows in the main menu.
        { name: 'Group 3', children: [] },
        { name: 'Group 4', children: [{ name: 'Group 5' }, null] },
      ],
      child: { name: 'Group 5', parent: null },
    });
    expect(errors?.map(({ path, extensions }) => [path.join('.'), extensions.code]).sort()).toEqual(
      ['child.parent', 'mainMenu.0.children.0', 'mainMenu.2.children.1'].map((path) => [
        path,
        'UPSTREAM_INVALID_RESPONSE',
      ]),
    );
  });

  test('a group that may be the one that hides its id fails, it is not absent', async () => {
    plant(stage, [rawGroup(1), null, rawGroup(2, { parent: idOf(9) })]);
    const query = `{
      one: group(id: "${idOf(1)}") { ... on MenuEntry { name } }
      nine: group(id: "${idOf(9)}") { ... on MenuEntry { name } }
      two: group(id: "${idOf(2)}") { ... on MenuEntry { parent { ... on MenuEntry { name } } } }
    }`;
    const { data, errors } = await ask(query);
    expect(data).toEqual({ one: { name: 'Group 1' }, nine: null, two: { parent: null } });
    expect(errors?.map(({ path }) => path.join('.')).sort()).toEqual(['nine', 'two.parent']);
  });

  test('a listing that fails fails mainMenu, and only it', async () => {
    stage.sandbox.fail({ template: '/v2/groups', status: 503 });
    const { data, errors } = await ask('{ mainMenu { __typename } __typename }');
    expect(data).toEqual({ mainMenu: null, __typename: 'Query' });
    expect(errors).toMatchObject([
      { path: ['mainMenu'], extensions: { code: 'UPSTREAM_UNAVAILABLE' } },
    ]);
  });

  test('a listing that fails fails children and parent where they are, beside complete groups', async () => {
    const query = `{ groups(first: 1) { nodes { ... on MenuEntry { name children { __typename } parent { __typename } } } } }`;
    plant(stage, [rawGroup(1, { parent: idOf(2) }), rawGroup(2)]);
    stage.sandbox.fail({
      ...{ template: '/v2/groups', status: 500 },
      matches: (call) => queryOf(call)['limit'] === '1000',
    });
    const { data, errors } = await ask(query);
    expect(data.groups.nodes).toEqual([{ name: 'Group 1', children: null, parent: null }]);
    expect(errors?.map(({ path, extensions }) => [path.at(-1), extensions.code]).sort()).toEqual([
      ['children', 'UPSTREAM_UNAVAILABLE'],
      ['parent', 'UPSTREAM_UNAVAILABLE'],
    ]);
  });

  test('a look-up that fails leaves the links', async () => {
    plant(stage, [rawGroup(1), rawGroup(2, { link: { cmd: 'x' } })]);
    stage.sandbox.fail({ template: '/v2/task-groups', status: 403 });
    const { data, errors } = await ask('{ mainMenu { __typename } }');
    expect(data.mainMenu).toEqual([null, { __typename: 'LinkGroup' }]);
    expect(errors).toMatchObject([{ path: ['mainMenu', 0], extensions: { code: 'FORBIDDEN' } }]);
  });
});

test.each([1, 3, 10])('a server that returns %d at the most serves the whole menu', async (cap) => {
  plant(
    stage,
    range(9).map((n) => rawGroup(n, n > 6 ? { parent: idOf(1) } : {})),
    range(9).map((n) => rawTaskGroup(n)),
  );
  stage.sandbox.maxLimit = cap;
  expect(await treeOf()).toEqual(
    range(6).map((n) => [`Group ${n}`, n === 1 ? ['Group 7', 'Group 8', 'Group 9'] : []]),
  );
});

test('one listing serves all fields also where it takes several calls', async () => {
  const at = { modifiedAt: momentOf(1), link: { cmd: 'x' } };
  plant(
    stage,
    range(9).map((n) => rawGroup(n, n > 6 ? { ...at, parent: idOf(1) } : at)),
  );
  stage.sandbox.maxLimit = 4;
  await ask('{ mainMenu { __typename } }');
  const calls = endpoints(stage.sandbox);
  expect(calls.length).toBeGreaterThan(2);

  stage.sandbox.calls.length = 0;
  const level = '... on MenuEntry { parent { __typename } children { __typename } }';
  const { errors } = await ask(
    `{ mainMenu { ...on MenuEntry { children { ${level} } } } again: mainMenu { ${level} } }`,
  );
  expect(errors).toBeUndefined();
  expect(endpoints(stage.sandbox)).toEqual(calls);
});
