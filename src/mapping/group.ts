import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { GroupListFilter, GroupRecord } from '../cotalker/records/group.ts';
import { type Field, readableOr } from '../cotalker/records/fields.ts';
import type {
  GroupType,
  Icon,
  LinkGroup,
  LinkTarget,
  LinkType,
  StandardGroup,
  TaskGroup,
} from '../generated/resolvers.ts';
import {
  type Fallible,
  firstText,
  type Reference,
  type References,
  toEnum,
  toReferences,
} from './fields.ts';
import { type GroupActionModel, toActions } from './group-action.ts';

interface GroupEdges {
  readonly parentId: Reference;
  /** The groups nested in a category, in no order; null for a group that is no category. */
  readonly nestedIds: References | null;
  readonly actions: readonly GroupActionModel[];
  readonly icon: IconModel | null;
  readonly panel: GroupPanelModel;
  readonly nameTranslations: GroupRecord['nameTranslations'];
}
export type GroupPanelModel = GroupRecord['panel'];
export type IconModel = Fallible<Icon>;
type GroupModelOf<T extends StandardGroup | TaskGroup | LinkGroup> = Fallible<
  Omit<T, 'parent' | 'children' | 'category' | 'actions' | 'icon' | 'panel'>
> &
  GroupEdges;

type TaskEdges = 'channels' | 'workflow' | 'stateMachine' | 'stateMachines' | 'tasks';

export type StandardGroupModel = Omit<GroupModelOf<StandardGroup>, 'channels'>;
export type TaskGroupModel = Omit<GroupModelOf<TaskGroup>, TaskEdges>;
/** `target` is the unchecked target of the link: only the resolver of `url` may send it to a caller. */
export type LinkGroupModel = Omit<GroupModelOf<LinkGroup>, 'url' | 'linkType'> & {
  readonly target: Field<string>;
  readonly linkTypeName: Field<string>;
};
export type GroupModel = StandardGroupModel | TaskGroupModel | LinkGroupModel;

export const UPSTREAM_GROUP_TYPE = {
  STANDARD: 'channel',
  TASK: 'task',
  LINK: 'link',
} as const satisfies Record<GroupType, NonNullable<GroupListFilter['groupType']>>;

interface GroupEvidence {
  /** The `groupType` filter of the call: with it, the server itself has said the type. */
  readonly filteredBy?: GroupType | undefined;
  /** Whether a task group names the group; undefined before the look-up. */
  readonly hasTaskGroup?: boolean;
}

/**
 * The type of a group; undefined if the evidence is not enough yet and the loader must look up task groups.
 * Cotalker has no type field (sheet, section 3, "How the type of a group shows"). The evidence counts in the order
 * of its strength: the filter, a usable link target, a task group.
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
 * The target of a link: its `url`, else its `cmd`. An error if the target is there but cannot be read: the group is
 * still a link. Null if it has neither: groups of every type may have a `link` with only permission lists, which
 * means nothing. A `link` that is not an object means nothing either.
 */
export function linkTarget({ link }: Pick<GroupRecord, 'link'>): Field<string> {
  if (link === null || !isReadable(link)) return null;
  return link.url ?? link.cmd;
}

export function toGroup(record: GroupRecord, type: GroupType): GroupModel {
  switch (type) {
    case 'STANDARD':
      return toStandardGroup(record);
    case 'TASK':
      return toEntry('TaskGroup', record);
    case 'LINK':
      return Object.assign(toEntry('LinkGroup', record), toLink(record.link));
  }
}

export const toStandardGroup = (record: GroupRecord): StandardGroupModel =>
  Object.assign(toEntry('StandardGroup', record), {
    isCategory: readableOr(record.isCategory, false),
  });

/** The display name: if there is no name, the code; if there is no code, the id. */
export const nameOfGroup = (record: GroupRecord): string =>
  readableOr(firstText(record.nameDisplay, record.name, record.nameCode, record.code), record._id);

/**
 * The fields of groups of all types. Callers add fields to this object: to copy it took a third of the mapping's
 * time.
 */
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
    panel: record.panel,
    nameTranslations: record.nameTranslations,
  };
}

/** A group that is a link, but whose `link` cannot be read, has errors in the fields that come from it. */
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
