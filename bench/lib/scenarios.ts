import { channels, entries, hello, screen, twoPages, workflows } from '../world/answers.ts';
import type { World, WorldName } from '../world/worlds.ts';
import type { Tokens } from './tokens.ts';

/** One GraphQL request, the same for every subject but where a subject has a schema of its own. */
export interface GraphQLRequest {
  readonly operationName: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export interface Scenario {
  readonly name: string;
  /** What is asked, in words. */
  readonly title: string;
  readonly world: WorldName;
  readonly latencyMs: number;
  readonly request: GraphQLRequest;
  /** The right `data`. */
  readonly answer: (world: World) => unknown;
  /** Where to find, in a first answer, the cursor that the request goes on after. */
  readonly cursorFrom?: GraphQLRequest;
  /** Only shown in the table of growth. */
  readonly isGrowth: boolean;
}

const ENTRY = '__typename ... on MenuEntry { id name code isActive weight }';

const GROUPS = `query Groups($first: Int!) {
  groups(first: $first, filter: { type: STANDARD }) { nodes { ${ENTRY} } }
}`;

const TYPED = `query Typed($first: Int!) {
  groups(first: $first) { nodes { ${ENTRY} } }
}`;

const WORKFLOW = `query Workflow($first: Int!) {
  groups(first: $first) {
    nodes {
      ${ENTRY}
      ... on TaskGroup { workflow { id code flowType defaultView hideClosedAfterDays } }
    }
  }
}`;

const CHANNELS = `query Channels($first: Int!) {
  groups(first: $first, filter: { type: STANDARD }) {
    nodes {
      __typename
      ... on StandardGroup { id name channels(first: 5) { nodes { id name } } }
    }
  }
}`;

const SCREEN = `query Screen {
  mainMenu { ...Entry ... on MenuEntry { children { ...Entry } } }
}
fragment Entry on Group {
  __typename
  ... on MenuEntry { id name }
  ... on StandardGroup { isCategory channels(first: 5) { ...Channels } }
  ... on TaskGroup {
    channels(first: 5) { ...Channels }
    tasks(first: 3) { nodes { id name state { name type } assignee { name } } }
  }
  ... on LinkGroup { url opensIn }
}
fragment Channels on ChannelConnection {
  nodes { id name lastMessage { content sentAt } }
}`;

const FIRST_PAGE = `query FirstPage {
  groups(first: 500, filter: { type: STANDARD }) { pageInfo { endCursor } }
}`;

const TWO_PAGES = `query TwoPages($after: String!) {
  a: groups(first: 500, filter: { type: STANDARD }) { nodes { ${ENTRY} } }
  b: groups(first: 500, after: $after, filter: { type: STANDARD }) { nodes { ${ENTRY} } }
}`;

const HELLO = 'query Hello { __typename }';

type Parts = Pick<Scenario, 'title' | 'world' | 'answer'> &
  Partial<Scenario> & { readonly query: string; readonly variables?: Record<string, unknown> };

function scenario(name: string, { query, variables = {}, ...parts }: Parts): Scenario {
  const operationName = /^query (\w+)/.exec(query)?.[1] ?? '';
  const request = { operationName, query, variables };
  return { name, latencyMs: 0, isGrowth: false, ...parts, request };
}

const groupsScenario = (first: 10 | 100, isGrowth: boolean): Scenario =>
  scenario(isGrowth ? `growth-groups-${first}` : 'groups', {
    title: `${first} groups, the type known by the filter`,
    world: first === 10 ? 'plain10' : 'plain100',
    query: GROUPS,
    variables: { first },
    answer: entries(first),
    isGrowth,
  });

const channelsScenario = (first: 10 | 100, latencyMs: number): Scenario =>
  scenario(latencyMs === 0 ? `channels-${first}` : `growth-channels-${first}-${latencyMs}ms`, {
    title: `${first} groups, each with 5 channels${latencyMs === 0 ? '' : `, upstream ${latencyMs} ms away`}`,
    world: first === 10 ? 'plain10' : 'plain100',
    latencyMs,
    query: CHANNELS,
    variables: { first },
    answer: channels(first),
    isGrowth: latencyMs > 0,
  });

/** Every scenario of the issue, in its order. */
export const SCENARIOS: readonly Scenario[] = [
  groupsScenario(100, false),
  scenario('typed', {
    title: '100 groups unfiltered, so that typing needs its look-up',
    world: 'mixed100',
    query: TYPED,
    variables: { first: 100 },
    answer: entries(100),
  }),
  scenario('workflow', {
    title: '100 groups, the 30 task groups with their workflow',
    world: 'mixed100',
    query: WORKFLOW,
    variables: { first: 100 },
    answer: workflows(100),
  }),
  channelsScenario(10, 0),
  channelsScenario(100, 0),
  scenario('channels-10-of-1000', {
    title: '10 of 1,000 groups, each with 5 channels: the list of all channels does not help',
    world: 'plain1000',
    query: CHANNELS,
    variables: { first: 10 },
    answer: channels(10),
  }),
  scenario('screen', {
    title: 'the main menu with children, channels, 3 tasks each with state and assignee',
    world: 'menu',
    query: SCREEN,
    answer: screen,
  }),
  scenario('hello', { title: '{ __typename }', world: 'plain10', query: HELLO, answer: hello }),
  groupsScenario(10, true),
  scenario('growth-groups-1000', {
    title: '1,000 groups in two pages of 500, the type known by the filter',
    world: 'plain1000',
    query: TWO_PAGES,
    answer: twoPages,
    cursorFrom: { operationName: 'FirstPage', query: FIRST_PAGE, variables: {} },
    isGrowth: true,
  }),
  channelsScenario(10, 50),
  channelsScenario(100, 50),
];

/** Where all bodies are new, which is what production looks like. */
export const FRESH = ['groups', 'typed', 'screen'];

/** Where a mechanism for speed has to show. */
export const OF_MECHANISMS: readonly string[] = [
  'groups',
  'typed',
  'workflow',
  'screen',
  'channels-10-of-1000',
];

/**
 * The rates that are wanted, as parts of Mercurius'. Those with new bodies come first: they count. Undefined: nothing
 * is wanted, the rate is shown beside the bars.
 */
export const WANTED_RATES: readonly (readonly [
  scenario: string,
  tokens: Tokens,
  factor: number | undefined,
])[] = [
  ...FRESH.map((scenario) => [scenario, 'fresh', 1] as const),
  ...FRESH.map((scenario) => [scenario, 'new', undefined] as const),
  ['channels-10-of-1000', 'own', 1],
  ['groups', 'own', 1.25],
  ['workflow', 'own', 1.25],
  ['screen', 'own', 1.25],
];

/** What `npm run bench -- --bars` measures. */
export const BAR_SCENARIOS: ReadonlySet<string> = new Set(
  WANTED_RATES.map(([scenario]) => scenario),
);
