import type { TestGateway } from '../support/gateway.ts';
import { ids } from './company.ts';

/** An answer, or why there is none: whatever a member of the family answers is compared whole. */
export type Answers = Readonly<Record<string, unknown>>;

const PERSON = 'id name email isActive avatar { small square original }';
const TASK = `id name serial startDate createdAt modifiedAt isActive weight
  statuses { slot name value code }
  state { id name code type } assignee { ${PERSON} } followers { id name }`;
const CHANNEL = `id name createdAt modifiedAt isActive image { small square original }
  users { id name } admins { id name } lastMessage { content sentAt sender { ${PERSON} } }`;
const MESSAGE = `__typename id sentAt modifiedAt editedAt isRemoved sender { ${PERSON} } channel { id }
  ... on TextMessage { text } ... on SystemMessage { markdown } ... on ImageMessage { image { original } }`;
const MENU_ENTRY = '__typename ... on MenuEntry { id name createdAt modifiedAt weight isActive }';

const LIST = 'totalCount pageInfo { hasNextPage }';

const QUESTIONS: Readonly<Record<string, string>> = {
  'one group': `{ group(id: "${ids.diary}") { ${MENU_ENTRY}
    ... on TaskGroup { workflow { code isActive } } } }`,
  people: `{ viewer { id name email companyId } user(id: "${ids.ana}") { ${PERSON} }
    nobody: user(id: "${ids.nobody}") { id } }`,
  menu: `{ mainMenu { ${MENU_ENTRY} ... on MenuEntry { children { __typename } } } }`,
  groups: `{
    all: groups(first: 500, filter: { includeInactive: true }) { ${LIST} nodes { ${MENU_ENTRY} } }
    tasks: groups(first: 500, filter: { type: TASK }) { ${LIST} nodes { ${MENU_ENTRY} } }
    found: groups(filter: { search: "odd", modifiedSince: "2024-01-01T00:01:00Z" }) {
      ${LIST} nodes { ${MENU_ENTRY} } }
  }`,
  workflows: `{ groups(filter: { type: TASK }) { nodes { ... on TaskGroup { id
    workflow { code flowType defaultView isActive }
    stateMachine { name initialState { name } }
    stateMachines { id name states { id name code type isActive
      transitions { by requiredSurveyId to { id } } } } } } } }`,
  'what takes few calls': `{
    groups { nodes { ... on MenuEntry { id name parent { ... on MenuEntry { id } } } } }
    named: groups(filter: { type: TASK }) { nodes { ... on TaskGroup {
      tasks(first: 3) { nodes { id state { id name code } assignee { id } } } } } } }`,
  'tasks by filter': `{ group(id: "${ids.works}") { ... on TaskGroup {
    hers: tasks(first: 3, filter: { assigneeId: "${ids.ana}", includeInactive: true }) { ${LIST} nodes { id name } }
    mine: tasks(filter: { mine: true }) { ${LIST} nodes { id name assignee { id } } }
    doing: tasks(filter: { stateId: "${ids.worksDoing}", modifiedSince: "2024-01-01T00:05:00Z" }) {
      ${LIST} nodes { id } }
    found: tasks(filter: { search: "1", createdSince: "2024-01-01T00:05:00Z" }) {
      ${LIST} nodes { id name } }
    flow: tasks(first: 500, filter: { stateMachineId: "${ids.worksFlow}", search: "works" }) { totalCount } } } }`,
  'one task': `{ task(id: "${ids.aTask}", groupId: "${ids.works}") { ${TASK} }
    elsewhere: task(id: "${ids.aTask}", groupId: "${ids.diary}") { id }
    nowhere: task(id: "${ids.aTask}", groupId: "${ids.news}") { id } }`,
  boards: `{ groups(filter: { type: TASK }) { nodes { ... on TaskGroup { id
    stateMachines { states { id tasks(first: 3) { ${LIST} nodes { id name state { id } } } } } } } } }`,
  'sizes alone': `{ groups(first: 500) { totalCount }
    few: groups(first: 500, filter: { type: TASK }) { totalCount }
    group(id: "${ids.works}") { ... on TaskGroup {
      tasks(first: 500) { totalCount } channels(first: 500) { totalCount } } } }`,
  chats: `{ ${ids.chats
    .map(
      (id, n) => `chat${n}: channel(id: "${id}") { messages(first: 4) {
        pageInfo { hasNextPage hasPreviousPage } nodes { ${MESSAGE} } } }`,
    )
    .join(' ')} }`,
  'tasks and channels': `{ groups { nodes { ... on MenuEntry { id }
    ... on StandardGroup { channels(first: 2, includeInactive: true) { ${LIST} nodes { ${CHANNEL} } } }
    ... on TaskGroup {
      channels { ${LIST} nodes { ${CHANNEL} } }
      tasks(first: 3) { ${LIST} nodes { ${TASK} } } } } } }`,
};

/** The same questions to whatever upstream, in this order. */
export async function askAll(gateway: TestGateway): Promise<Answers> {
  const answers: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(QUESTIONS)) {
    answers[name] = (await gateway.ask(query)).body;
  }
  answers['groups, page by page'] = await readPages(gateway, GROUP_PAGES);
  answers['tasks, page by page'] = await readPages(gateway, TASK_PAGES);
  answers['changed tasks, page by page'] = await readPages(gateway, CHANGED_TASK_PAGES);
  answers['messages, page by page'] = await readPages(gateway, MESSAGE_PAGES);
  return answers;
}

interface Pages {
  readonly query: string;
  readonly listOf: (data: any) => any;
}

const PAGE = 'totalCount pageInfo { hasNextPage endCursor } nodes';
const GROUP_PAGES: Pages = {
  query: `query ($after: String) { groups(first: 5, after: $after) { ${PAGE} { ${MENU_ENTRY} } } }`,
  listOf: (data) => data.groups,
};
/** Tasks of the largest task group. */
const taskPages = (args: string): Pages => ({
  query: `query ($after: String) { group(id: "${ids.works}") { ... on TaskGroup {
    tasks(after: $after, ${args}) { ${PAGE} { id name } } } } }`,
  listOf: (data) => data.group?.tasks,
});
const TASK_PAGES = taskPages('first: 7');
const CHANGED_TASK_PAGES = taskPages(
  'first: 10, filter: { modifiedSince: "2024-01-01T00:05:00Z", includeInactive: true }',
);

const MESSAGE_PAGES: Pages = {
  query: `query ($after: String) { channel(id: "${ids.chats[0]}") {
    messages(first: 5, after: $after) { pageInfo { hasNextPage endCursor } nodes { ${MESSAGE} } } } }`,
  listOf: (data) => data.channel?.messages,
};

/** The pages of a list, to the end that it tells of itself; one that fails is the last. */
async function readPages(gateway: TestGateway, { query, listOf }: Pages): Promise<unknown[]> {
  const pages: unknown[] = [];
  for (let after: string | null = null; pages.length < 20;) {
    const { body } = await gateway.ask(query, { variables: { after } });
    const list = body.errors === undefined ? listOf(body.data) : undefined;
    const { endCursor, hasNextPage } = list?.pageInfo ?? {};
    // A cursor may say the same in several ways; what it leads to is on the next page.
    pages.push(list ? { ...list, pageInfo: { hasNextPage } } : body);
    if (hasNextPage !== true) break;
    after = endCursor;
  }
  return pages;
}

/** The answers with null wherever a count is null in `others`: a count may be unknown, and never wrong. */
export const withoutUnknownCounts = (answers: unknown, others: unknown): unknown =>
  Array.isArray(answers)
    ? answers.map((item, index) => withoutUnknownCounts(item, (others as any)?.[index]))
    : typeof answers === 'object' && answers !== null
      ? Object.fromEntries(
          Object.entries(answers).map(([key, value]) => {
            const other = (others as any)?.[key];
            return [
              key,
              key === 'totalCount' && other === null ? null : withoutUnknownCounts(value, other),
            ];
          }),
        )
      : answers;
