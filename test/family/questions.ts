import type { TestGateway } from '../support/gateway.ts';
import { ids } from './company.ts';

/** An answer, or why there is none: whatever a member of the family answers is compared whole. */
export type Answers = Readonly<Record<string, unknown>>;

const PERSON = 'id name email isActive avatar { small square original }';
const TASK = `id name serial startDate createdAt modifiedAt isActive
  state { id name code type } assignee { ${PERSON} } followers { id name }`;
const CHANNEL = `id name createdAt modifiedAt isActive image { small square original }
  users { id name } admins { id name } lastMessage { content sentAt sender { ${PERSON} } }`;
const MENU_ENTRY = '__typename ... on MenuEntry { id name createdAt modifiedAt weight isActive }';

const QUESTIONS: Readonly<Record<string, string>> = {
  menu: `{ mainMenu { ${MENU_ENTRY} ... on MenuEntry { children { ${MENU_ENTRY} } } } }`,
  groups: `{ groups(first: 500, filter: { includeInactive: true }) {
    totalCount pageInfo { hasNextPage } nodes { ${MENU_ENTRY} } } }`,
  taskGroups: `{ groups(first: 500, filter: { type: TASK }) {
    totalCount pageInfo { hasNextPage } nodes { ${MENU_ENTRY} } } }`,
  search: `{ groups(filter: { search: "odd", modifiedSince: "2024-01-01T00:01:00Z" }) {
    totalCount pageInfo { hasNextPage } nodes { ${MENU_ENTRY} } } }`,
  oneGroup: `{ group(id: "${ids.diary}") { ${MENU_ENTRY}
    ... on TaskGroup { workflow { code isActive } } } }`,
  workflows: `{ groups(filter: { type: TASK }) { nodes { ... on TaskGroup { id
    workflow { code flowType defaultView isActive }
    stateMachine { name initialState { name } }
    stateMachines { id name states { id name code type isActive
      transitions { by requiredSurveyId to { id name } } } } } } } }`,
  tasks: `{ groups { nodes { ... on TaskGroup { id
    tasks(first: 3) { totalCount pageInfo { hasNextPage } nodes { ${TASK} } } } } } }`,
  channels: `{ groups { nodes { ... on MenuEntry { id }
    ... on StandardGroup { channels(first: 2, includeInactive: true) {
      totalCount pageInfo { hasNextPage } nodes { ${CHANNEL} } } }
    ... on TaskGroup { channels { totalCount pageInfo { hasNextPage } nodes { ${CHANNEL} } } } } } }`,
};

/** The same questions to whatever upstream, in this order. */
export async function askAll(gateway: TestGateway): Promise<Answers> {
  const answers: Record<string, unknown> = {};
  for (const [name, query] of Object.entries(QUESTIONS)) {
    answers[name] = (await gateway.ask(query)).body;
  }
  answers['groups, page by page'] = await readPages(gateway, groupPage);
  answers['tasks, page by page'] = await readPages(gateway, taskPage(''));
  const changed = 'filter: { modifiedSince: "2024-01-01T00:05:00Z", includeInactive: true }';
  answers['changed tasks, page by page'] = await readPages(gateway, taskPage(changed));
  return answers;
}

interface Page {
  readonly query: string;
  readonly pick: (data: any) => any;
}

const groupPage = (after: string): Page => ({
  query: `{ groups(first: 4, ${after}) { totalCount pageInfo { hasNextPage endCursor } nodes { ${MENU_ENTRY} } } }`,
  pick: (data) => data.groups,
});

/** Tasks of the largest task group, seven to a page. */
const taskPage =
  (args: string) =>
  (after: string): Page => ({
    query: `{ group(id: "${ids.works}") { ... on TaskGroup { tasks(first: 7, ${after} ${args}) {
      totalCount pageInfo { hasNextPage endCursor } nodes { id name } } } } }`,
    pick: (data) => data.group?.tasks,
  });

/** The pages of a list, to the end that it tells of itself; one that fails is the last. */
async function readPages(
  gateway: TestGateway,
  pageAfter: (after: string) => Page,
): Promise<unknown[]> {
  const pages: unknown[] = [];
  for (let after = ''; pages.length < 20;) {
    const { query, pick } = pageAfter(after);
    const { body } = await gateway.ask(query);
    const list = body.errors === undefined ? pick(body.data) : undefined;
    const { endCursor, hasNextPage } = list?.pageInfo ?? {};
    // A cursor may say the same in several ways; what it leads to is on the next page.
    pages.push(list ? { ...list, pageInfo: { hasNextPage } } : body);
    if (hasNextPage !== true) return pages;
    after = `after: ${JSON.stringify(endCursor)}`;
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
