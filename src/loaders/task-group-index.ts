import { type CotalkerError, invalidResponse, isReadable } from '../cotalker/errors.ts';
import { idIn, type Item } from '../cotalker/records/envelope.ts';
import type { TaskGroupRecord } from '../cotalker/records/task-group.ts';

/** One whose id could be read, whatever else could not. */
export type TaskGroup = Item<TaskGroupRecord> & { readonly id: string };

/** The task group that speaks for a group; null: it has none. Or why that cannot be known. */
export type Answer = TaskGroup | null | CotalkerError;

export interface Index {
  readonly byGroup: ReadonlyMap<string | null | undefined, TaskGroup | CotalkerError>;
  /** Whether one hides which group it is of. */
  readonly isUnsure: boolean;
}

/**
 * Where a record hides its id or its group, the groups that it may have named fail; they are not taken for
 * groups without one.
 */
export const answerOf = ({ byGroup, isUnsure }: Index, groupId: string): Answer =>
  byGroup.get(groupId) ?? (isUnsure ? malformed() : null);

export const answersOf = (index: Index, groupIds: readonly string[]): Map<string, Answer> =>
  new Map(groupIds.map((id) => [id, answerOf(index, id)]));

export const malformed = (): CotalkerError => invalidResponse('a task group is malformed');

export function toIndex(items: readonly Item<TaskGroupRecord>[]): Index {
  const byGroup = new Map<string | null | undefined, TaskGroup | CotalkerError>();
  const grouped = Map.groupBy(items, (item) => idIn(item, 'group'));
  for (const [group, some] of grouped) byGroup.set(group, speakerOf(some));
  return { byGroup, isUnsure: grouped.has(undefined) };
}

/** A task group belongs to one group; were there several to one, the oldest in use speaks for it. */
function speakerOf(items: readonly Item<TaskGroupRecord>[]): TaskGroup | CotalkerError {
  const known = items.filter((item): item is TaskGroup => item.id !== undefined);
  const readable = known.filter(({ record }) => isReadable(record));
  return readable.find(isInUse) ?? readable[0] ?? known[0] ?? malformed();
}

const isInUse = ({ record }: TaskGroup): boolean => isReadable(record) && record.isActive !== false;
