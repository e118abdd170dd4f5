import { listGroups, listTaskGroupsOf } from './cotalker.ts';
import {
  type Group,
  type GroupRecord,
  type GroupType,
  type TaskGroupRecord,
  toGroup,
} from './models.ts';
import type { Get } from './rest.ts';

/*
 * The types of groups and the menu, shared by all hand-written peers. A list gets its types as a whole, with at
 * most one look-up of task groups, so no loader is needed.
 */

const NONE: ReadonlyMap<string, TaskGroupRecord> = new Map();

export async function typed(
  get: Get,
  records: readonly GroupRecord[],
  type?: GroupType,
): Promise<Group[]> {
  // A task group is looked up in any case: its tasks and its workflow hang on it.
  if (type !== undefined && type !== 'TASK') return records.map((record) => toGroup(record, type));
  const unknown = records.filter(({ link }) => !link?.url).map(({ _id }) => _id);
  const found = unknown.length === 0 ? NONE : await listTaskGroupsOf(get, unknown);
  return records.map((record) => {
    const taskGroup = found.get(record._id);
    return toGroup(record, record.link?.url ? 'LINK' : taskGroup ? 'TASK' : 'STANDARD', taskGroup);
  });
}

export interface GroupsArgs {
  readonly first: number;
  readonly after?: string | null;
  readonly filter?: { readonly type?: GroupType | null } | null;
}

/** A page of groups; the cursor is the number of the page that it ends. */
export async function groupPage(get: Get, { first, after, filter }: GroupsArgs) {
  const page = Number(after ?? 0) + 1;
  const type = filter?.type ?? undefined;
  const records = await listGroups(get, { first, page, type });
  return { nodes: await typed(get, records, type), pageInfo: { endCursor: String(page) } };
}

/** A group of the menu with what opens below it. */
export type MenuGroup = Group & { readonly children: readonly MenuGroup[] };

const byWeight = <T extends { readonly weight: number | null }>(groups: readonly T[]): T[] =>
  groups.toSorted((a, b) => (a.weight ?? Infinity) - (b.weight ?? Infinity));

export async function mainMenu(get: Get): Promise<MenuGroup[]> {
  const records = await listGroups(get, { first: 1000, page: 1, type: undefined });
  const groups = (await typed(get, records)).map((group) => ({
    ...group,
    children: [] as MenuGroup[],
  }));
  const byId = new Map(groups.map((group) => [group.id, group]));
  const nested = new Set(records.flatMap(({ nestedGroups = [] }) => nestedGroups));
  for (const group of groups) {
    const { isCategory, nestedGroups = [] } = group.record;
    group.children = byWeight(
      isCategory
        ? nestedGroups.flatMap((id) => byId.get(id) ?? [])
        : groups.filter(({ record }) => record.parent === group.id),
    );
  }
  return byWeight(
    groups.filter(({ record, id }) => record.parent === undefined && !nested.has(id)),
  );
}
