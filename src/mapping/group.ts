import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { GroupListFilter, GroupRecord } from '../cotalker/records/group.ts';
import { type Field, readableOr } from '../cotalker/records/values.ts';
import type {
  GroupType,
  Icon,
  LinkGroup,
  LinkTarget,
  LinkType,
  StandardGroup,
  TaskGroup,
} from '../generated/resolvers.ts';
import { createMemo } from '../cotalker/sharing/derived.ts';
import {
  type Fallible,
  firstText,
  type Reference,
  type References,
  toEnum,
  toReferences,
} from './fields.ts';
import { type GroupActionModel, toActions } from './group-action.ts';

/** What every group model carries beside its plain fields. */
interface GroupEdges {
  readonly parentId: Reference;
  /** The groups nested in a category, in no order; null for a group that is no category. */
  readonly nestedIds: References | null;
  readonly actions: readonly GroupActionModel[];
  readonly icon: IconModel | null;
}
export type IconModel = Fallible<Icon>;
type Entry<T extends StandardGroup | TaskGroup | LinkGroup> = Fallible<
  Omit<T, 'parent' | 'children' | 'category' | 'actions' | 'icon'>
> &
  GroupEdges;

type TaskEdges = 'channels' | 'workflow' | 'stateMachine' | 'stateMachines' | 'tasks';

export type StandardGroupModel = Omit<Entry<StandardGroup>, 'channels'>;
export type TaskGroupModel = Omit<Entry<TaskGroup>, TaskEdges>;
/** `target` is where the link leads, unchecked: only the resolver of `url` may let it out. */
export type LinkGroupModel = Omit<Entry<LinkGroup>, 'url' | 'linkType'> & {
  readonly target: Field<string>;
  readonly linkTypeName: Field<string>;
};
export type GroupModel = StandardGroupModel | TaskGroupModel | LinkGroupModel;

/** The upstream's names of the types, as its `groupType` filter takes them. */
export const UPSTREAM_GROUP_TYPE = {
  STANDARD: 'channel',
  TASK: 'task',
  LINK: 'link',
} as const satisfies Record<GroupType, NonNullable<GroupListFilter['groupType']>>;

/** What is known of a group beside its record. */
export interface GroupEvidence {
  /** The `groupType` filter that the answer came from: then the server itself has told. */
  readonly filteredBy?: GroupType | undefined;
  /** Whether a task group names the group; undefined as long as it was not looked up. */
  readonly hasTaskGroup?: boolean;
}

/**
 * The type of a group, or undefined where the evidence does not tell it yet and task groups have to be
 * looked up. There is no type field upstream (sheet, section 3, "How the type of a group shows"); the
 * evidence is taken in the order of its strength: the filter, a usable link target, a task group.
 */
export function typeOfGroup(
  record: GroupRecord,
  evidence: GroupEvidence & { readonly hasTaskGroup: boolean },
): GroupType;
export function typeOfGroup(record: GroupRecord, evidence: GroupEvidence): GroupType | undefined;
export function typeOfGroup(record: GroupRecord, evidence: GroupEvidence): GroupType | undefined {
  if (evidence.filteredBy !== undefined) return evidence.filteredBy;
  if (linkTarget(record) !== null) return 'LINK';
  if (evidence.hasTaskGroup === undefined) return undefined;
  return evidence.hasTaskGroup ? 'TASK' : 'STANDARD';
}

/**
 * Where a link leads: its `url`, else its `cmd`; an error where that is there, but could not be read: it is a
 * target all the same. Null where it has neither: a `link` of nothing but permission lists is present on groups
 * of every type and means nothing. So does one of a wrong kind, which shows no target.
 */
export function linkTarget({ link }: Pick<GroupRecord, 'link'>): Field<string> {
  if (link === null || !isReadable(link)) return null;
  return link.url ?? link.cmd;
}

/** The models made so far: a record that is recalled (`cotalker/sharing/same-bytes.ts`) is not mapped a second time. */
const modelsOf = createMemo<GroupRecord, Partial<Record<GroupType, GroupModel>>>();

/** An upstream group of a known type as the model that the schema's union resolves by. */
export function toGroup(record: GroupRecord, type: GroupType): GroupModel {
  const known = modelsOf(record, () => ({}));
  return (known[type] ??= mapGroup(record, type));
}

function mapGroup(record: GroupRecord, type: GroupType): GroupModel {
  switch (type) {
    case 'STANDARD':
      return toStandardGroup(record);
    case 'TASK':
      return toEntry('TaskGroup', record);
    case 'LINK':
      return Object.assign(toEntry('LinkGroup', record), toLink(record.link));
  }
}

/** A group that is known to be of the standard kind, such as a category. */
export const toStandardGroup = (record: GroupRecord): StandardGroupModel =>
  Object.assign(toEntry('StandardGroup', record), {
    isCategory: readableOr(record.isCategory, false),
  });

/** The name people see: the code where there is no name, the id where there is neither. */
export const nameOfGroup = (record: GroupRecord): string =>
  readableOr(firstText(record.nameDisplay, record.name, record.nameCode, record.code), record._id);

/** What groups of all types have. To be added to, not copied: that took a third of the mapping's time. */
function toEntry<N extends GroupModel['__typename']>(__typename: N, record: GroupRecord) {
  const { _id, color, icon } = record;
  return {
    __typename,
    id: _id,
    name: nameOfGroup(record),
    code: firstText(record.nameCode, record.code),
    createdAt: record.createdAt,
    modifiedAt: record.modifiedAt,
    isActive: readableOr(record.isActive, true),
    weight: record.weight,
    icon:
      color === null && icon === null ? null : { __typename: 'Icon' as const, path: icon, color },
    parentId: record.parent,
    nestedIds: readableOr(record.isCategory, false) ? toReferences(record.nestedGroups) : null,
    actions: toActions(record.actions),
  };
}

/** A group known to be a link, though its `link` could not be read, has errors for what that tells. */
function toLink(link: GroupRecord['link']) {
  const known = link === null || !isReadable(link) ? null : link;
  const why: CotalkerError | null = link !== null && !isReadable(link) ? link : null;
  return {
    target: why ?? linkTarget({ link }),
    linkTypeName: why ?? known?.linkType ?? null,
    opensIn: opensIn(known),
    sendsToken: readableOr(known?.auth ?? null, false),
  };
}

/** What a link group does: sheet, section 3, "What a link group does". */
function opensIn(link: Exclude<GroupRecord['link'], CotalkerError>): LinkTarget {
  if (readableOr(link?.external ?? null, false)) return 'NEW_TAB';
  return readableOr(link?.embedded ?? null, false) ? 'EMBEDDED' : 'POPUP';
}

/** `linkType` of a link; see `toEnum` for values that the schema does not know. */
export const toLinkType = (name: Field<string>): LinkType | null =>
  toEnum({ URL: 'URL', APK: 'APK' }, name);
