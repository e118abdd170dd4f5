import { describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { channelRecord } from '../../src/cotalker/records/channel.ts';
import { readCollection } from '../../src/cotalker/records/envelope.ts';
import type { KeysetPage } from '../../src/cotalker/paging/paged-list.ts';
import { readKeyset } from '../../src/cotalker/paging/keyset.ts';
import { createTraits } from '../../src/cotalker/traits/index.ts';
import { FIRST_READING } from '../support/first-reading.ts';
import type { Fault, RawRecord, SandboxCall } from '../../sandbox/index.ts';
import type { AskOptions, GraphQLAnswer } from '../support/gateway.ts';
import {
  endpoints,
  idOf,
  momentOf,
  plant,
  queryOf,
  range,
  rawGroup,
  useStage,
} from '../support/stage.ts';

const stage = useStage();

interface Args {
  readonly first: number;
  readonly includeInactive: boolean;
  readonly search: string;
}

const toList = ({ first, includeInactive, search }: Args): string =>
  `channels(first: ${first}, includeInactive: ${includeInactive}, search: "${search}") {
    totalCount edges { cursor node { id name modifiedAt isActive } } nodes { id }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } }`;

/** What each group's `channels` came to: the data, and the errors at their paths below it. */
function byGroup({ data, errors = [] }: GraphQLAnswer['body'], prefix: number): unknown[] {
  const groups: any[] = data.groups.nodes;
  return groups.map(({ channels }, index) => ({
    channels,
    errors: errors
      .filter(({ path }) => path[prefix] === index)
      .map(({ path, extensions }) => [path.slice(prefix + 2), extensions.code]),
  }));
}

const channelCalls = (): number =>
  endpoints(stage.sandbox).filter((endpoint) => endpoint === '/v2/channels').length;

/** One query for all groups. */
async function together(args: Args, isFresh = true, options: AskOptions = {}) {
  if (isFresh) stage.sandbox.reset();
  const query = `{ groups(filter: { type: STANDARD }) { nodes { ... on StandardGroup { ${toList(args)} } } } }`;
  const answers = byGroup((await stage.gateway.ask(query, options)).body, 2);
  return { answers, calls: channelCalls() };
}

/** A query for each group, which has nothing to choose. */
async function separately(args: Args, groups: number) {
  stage.sandbox.reset();
  const answers = await Promise.all(
    range(groups).map(async (n) => {
      const filter = `{ type: STANDARD, search: "group ${n}" }`;
      const query = `{ groups(filter: ${filter}) { nodes { ... on StandardGroup { ${toList(args)} } } } }`;
      return byGroup((await stage.gateway.ask(query)).body, 2);
    }),
  );
  return { answers: answers.flat(), calls: channelCalls() };
}

/** The calls that it takes to list all channels, group or not. */
async function callsForAll({ includeInactive, search }: Args): Promise<number> {
  let calls = 0;
  const filter = { isActive: includeInactive ? 'all' : 'true', search };
  const fetchPage = async (page: KeysetPage) => {
    calls += 1;
    const query = { ...filter, ...page, sortBy: 'modifiedAt', orderBy: 'asc', count: 'true' };
    const parameters = new URLSearchParams(Object.entries(query).map(([k, v]) => [k, String(v)]));
    if (search === '') parameters.delete('search');
    const response = await fetch(`${stage.sandbox.url}/v2/channels?${parameters}`, {
      headers: { authorization: 'Bearer sandbox-user' },
    });
    return readCollection(await response.json(), ['channels'], channelRecord);
  };
  const session = { traits: createTraits(FIRST_READING) };
  await readKeyset({ name: 'channels', session, fetchPage }, null, undefined, Infinity);
  return calls;
}

/** A channel as a scenario has it. */
interface Planted {
  readonly group: number | null;
  readonly moment: number | null;
  readonly isActive: boolean | undefined;
  readonly defect: keyof typeof DEFECTS;
}

const DEFECTS = {
  none: {},
  name: { nameDisplay: 42 },
  id: { _id: undefined },
  date: { modifiedAt: 'yesterday' },
  group: { group: 42 },
  dateAndId: { _id: 7, modifiedAt: 8 },
} satisfies Record<string, RawRecord>;

const rawChannel = ({ group, moment, isActive, defect }: Planted, index: number): RawRecord => ({
  // The order of the ids is not that of the list.
  _id: idOf(0x10000 + ((index * 37) % 101)),
  ...(group !== null && { group: idOf(group) }),
  nameDisplay: `Channel ${index % 3}`,
  ...(moment !== null && { modifiedAt: momentOf(moment) }),
  isActive,
  ...DEFECTS[defect],
});

const channel = (defects: readonly (keyof typeof DEFECTS)[]) =>
  fc.record<Planted>({
    group: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 5 }) }, fc.constant(null)),
    moment: fc.oneof({ weight: 9, arbitrary: fc.nat({ max: 8 }) }, fc.constant(null)),
    isActive: fc.constantFrom(true, undefined, false),
    defect: fc.oneof(
      { weight: 12, arbitrary: fc.constant<keyof typeof DEFECTS>('none') },
      fc.constantFrom(...defects),
    ),
  });

const groups = fc.integer({ min: 1, max: 4 });
const first = fc.integer({ min: 1, max: 6 });
const includeInactive = fc.boolean();
const search = fc.constantFrom('', '', 'channel 1');

function prepare(groups: number, channels: readonly Planted[], cap: number): void {
  plant(
    stage,
    range(groups).map((n) => rawGroup(n)),
  );
  stage.sandbox.data.channels = channels.map(rawChannel);
  stage.sandbox.maxLimit = cap;
}

describe('all at once or group by group', () => {
  test('the answer is the same: order, cursors, totals and errors included', async () => {
    const channels = fc.array(channel(Object.keys(DEFECTS) as (keyof typeof DEFECTS)[]), {
      maxLength: 20,
    });
    const cap = fc.oneof(fc.constant(1000), fc.integer({ min: 2, max: 9 }), fc.constant(1));
    const scenario = fc.record({ groups, channels, cap, first, includeInactive, search });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ groups, channels, cap, ...args }) => {
        prepare(groups, channels, cap);
        const one = await together(args);
        const many = await separately(args, groups);
        expect(one.answers).toHaveLength(groups);
        expect(one.answers).toEqual(many.answers);
      }),
      { numRuns: 100 },
    );
  });

  test('it takes at most one call more than the better way', async () => {
    const chosen = { all: 0, each: 0 };
    // The cost of a way is plain where each group's page is one call, and no moments are shared.
    const channels = fc
      .array(channel(['name', 'id']), { maxLength: 50, size: 'max' })
      .map((list) => list.map((it, index) => ({ ...it, moment: index })));
    const scenario = fc
      .record({ groups, channels, first, includeInactive, search, more: fc.nat({ max: 6 }) })
      .map(({ more, ...rest }) => ({ ...rest, cap: rest.first + 1 + more }));
    await fc.assert(
      fc.asyncProperty(scenario, async ({ groups, channels, cap, ...args }) => {
        prepare(groups, channels, cap);
        const one = await together(args);
        const each = (await separately(args, groups)).calls;
        const all = await callsForAll(args);
        expect(one.calls).toBeLessThanOrEqual(Math.min(each, all) + 1);
        if (one.calls < each) chosen.all += 1;
        if (one.calls < all) chosen.each += 1;
      }),
      { numRuns: 80 },
    );
    // Both ways came up.
    expect(Math.min(chosen.all, chosen.each)).toBeGreaterThan(10);
  });
});

/** 6 groups with 3 channels each, and 2 without a group. */
function plantSix(more: readonly RawRecord[] = []): void {
  prepare(6, [], 1000);
  stage.sandbox.data.channels = [
    ...range(20).map((n) =>
      rawChannel(
        { group: n <= 18 ? 1 + (n % 6) : null, moment: n, isActive: true, defect: 'none' },
        n,
      ),
    ),
    ...more,
  ];
}

const ARGS: Args = { first: 2, includeInactive: false, search: '' };
const isAll = (call: SandboxCall): boolean =>
  call.template === '/v2/channels' && queryOf(call)['group'] === undefined;

describe('where the list of all cannot be had, each group is asked for', () => {
  test.each<[string, Omit<Fault, 'template' | 'matches'>]>([
    ['it is not permitted', { status: 403 }],
    ['it fails', { status: 500 }],
    ['it is too large', { body: Buffer.alloc(11_000_000, ' ') }],
    ['it is no list', { body: '{"data":{}}' }],
    ['the connection breaks', { destroy: true }],
  ])('%s', async (_, fault) => {
    plantSix();
    const expected = await separately(ARGS, 6);
    stage.sandbox.reset();
    stage.sandbox.fail({ ...fault, matches: isAll });
    const { answers, calls } = await together(ARGS, false);
    expect(answers).toEqual(expected.answers);
    // A kept connection that breaks is given another chance, on a new one.
    expect(calls).toBe((fault.destroy === true ? 2 : 1) + 6);
  });

  test('its second page fails', async () => {
    plantSix();
    const expected = await separately(ARGS, 6);
    stage.sandbox.maxLimit = 10;
    stage.sandbox.reset();
    stage.sandbox.fail({
      matches: (call) => isAll(call) && queryOf(call)['modified_gte'] !== undefined,
      status: 500,
    });
    const { answers, calls } = await together(ARGS, false);
    expect(answers).toEqual(expected.answers);
    expect(calls).toBe(2 + 6);
  });

  test.each([
    [401, 'UNAUTHENTICATED'],
    [429, 'RATE_LIMITED'],
  ])('but not where that fails as well: %d', async (status, code) => {
    plantSix();
    stage.sandbox.fail({ template: '/v2/channels', status });
    const { answers, calls } = await together(ARGS, false);
    expect(answers).toEqual(range(6).map(() => ({ channels: null, errors: [[[], code]] })));
    expect(calls).toBe(1);
  });
});

describe('a malformed channel', () => {
  const broken = (more: RawRecord): RawRecord => ({
    ...rawChannel({ group: 1, moment: 30, isActive: true, defect: 'none' }, 30),
    ...more,
  });

  test.each<[string, RawRecord, number]>([
    ['in its place', broken({ isPrivate: 'yes' }), 1],
    ['without a group', broken({ isPrivate: 'yes', group: undefined }), 1],
    ['that hides its place leaves its own group to be asked for', broken({ modifiedAt: 0 }), 2],
    ['that hides its group leaves all to be asked for', broken({ group: 7 }), 7],
  ])('%s: %#', async (_, record, calls) => {
    plantSix([record]);
    const one = await together({ ...ARGS, first: 10 });
    expect(one.calls).toBe(calls);
    expect(one.answers).toEqual((await separately({ ...ARGS, first: 10 }, 6)).answers);
  });
});

describe('what shares the list', () => {
  const ask = async (fields: string) => {
    plantSix();
    const query = `{ groups(filter: { type: STANDARD }) { nodes { ... on StandardGroup { ${fields} } } } }`;
    const { errors } = (await stage.gateway.ask(query)).body;
    expect(errors).toBeUndefined();
    return channelCalls();
  };

  test.each([
    ['pages of any size', 'a: channels(first: 1) { totalCount } b: channels { totalCount }', 1],
    [
      'pages with other arguments do not',
      'a: channels { totalCount } b: channels(includeInactive: true) { totalCount }',
      2,
    ],
    ['searches do not', 'a: channels { totalCount } b: channels(search: "x") { totalCount }', 2],
    [
      'the same search',
      'a: channels(search: "x") { totalCount } b: channels(search: "x", first: 3) { totalCount }',
      1,
    ],
  ])('%s', async (_, fields, calls) => {
    expect(await ask(fields)).toBe(calls);
  });

  test('one group alone asks for itself', async () => {
    plantSix();
    const query = `{ groups(filter: { type: STANDARD, search: "group 1" }) { nodes { ... on StandardGroup { channels { totalCount } } } } }`;
    await stage.gateway.ask(query);
    expect(stage.sandbox.calls.filter(isAll)).toEqual([]);
    expect(channelCalls()).toBe(1);
  });
});

describe('a list that is too long for the calls it saves', () => {
  /** 4 groups; as many channels in all, most of them of other groups. */
  const plantMany = (channels: number): void => {
    prepare(4, [], 1000);
    stage.sandbox.data.channels = range(channels).map((n) => ({
      ...rawChannel({ group: n % 40, moment: n, isActive: true, defect: 'none' }, n),
      // Those of the others repeat.
      _id: idOf(0x20000 + n),
    }));
    stage.sandbox.reset();
  };

  test.each([
    ['50 channels a call are worth it', 200, 1],
    ['more are not, and no more than those are asked for', 201, 1 + 4],
  ])('%s', async (_, channels, calls) => {
    plantMany(channels);
    const { answers } = await together(ARGS, false);
    expect(answers).toHaveLength(4);
    const asked = stage.sandbox.calls.filter(({ template }) => template === '/v2/channels');
    expect(asked).toHaveLength(calls);
    expect(asked.filter(isAll).map((call) => queryOf(call)['limit'])).toEqual(['200']);
  });

  test('it is found out by one call, and then known for that caller alone', async () => {
    plantMany(400);
    // A list that no other test has asked for.
    const args = { ...ARGS, includeInactive: true };
    const before = await together(args, false);
    expect(before.calls).toBe(1 + 4);
    const again = async (options: AskOptions): Promise<number> => {
      stage.sandbox.reset();
      const after = await together(args, false, options);
      expect(after.answers).toEqual(before.answers);
      return after.calls;
    };
    expect(await again({})).toBe(4);
    expect(await again({ token: 'sandbox-admin' })).toBe(1 + 4);
    expect(await again({ headers: { 'cache-control': 'no-cache' } })).toBe(1 + 4);
  });
});
