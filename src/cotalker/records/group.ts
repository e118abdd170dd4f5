import { isReadable } from '../errors.ts';
import type { KeysetItem } from './placed-item.ts';
import {
  isObject,
  readList,
  readObject,
  recordOf,
  type Raw,
  type RecordOf,
  readFlag,
  readId,
  readNumber,
  readText,
  readUrl,
} from './fields.ts';
import { readMoment } from './moment.ts';

const readAction = (value: unknown) =>
  readObject(value, (raw) => ({
    _id: readText(raw['_id']),
    display: readText(raw['display']),
    url: readUrl(raw['url']),
    icon: readText(raw['icon']),
    auth: readFlag(raw['auth']),
    external: readFlag(raw['external']),
    weight: readNumber(raw['weight']),
  }));

const readLink = (value: unknown) =>
  readObject(value, (raw) => ({
    url: readUrl(raw['url']),
    cmd: readUrl(raw['cmd']),
    linkType: readText(raw['linkType']),
    auth: readFlag(raw['auth']),
    embedded: readFlag(raw['embedded']),
    external: readFlag(raw['external']),
  }));

/** How a group's panel shows what is in it. */
const readPanel = (raw: Raw) => ({
  groupBy: readText(raw['groupBy']),
  groupSort: readText(raw['groupSort']),
  groupSortDirection: readText(raw['groupSortDirection']),
  innerSort: readText(raw['innerSort']),
  innerSortDirection: readText(raw['innerSortDirection']),
  channelsWithoutCategoryLocation: readText(raw['channelsWithoutCategoryLocation']),
  hideChannelsByProperties: readList(raw['hideChannelsByProperties'], readId),
  initialView: readObject(raw['viewSettings'], ({ initialView }) => readText(initialView)),
});

/** COTGroup, in both generations of the payload (sheet, section 3). */
const readGroup = (raw: Raw, _id: string) => ({
  _id,
  nameDisplay: readText(raw['nameDisplay']),
  name: readText(raw['name']),
  nameCode: readText(raw['nameCode']),
  code: readText(raw['code']),
  createdAt: readMoment(raw['createdAt']),
  modifiedAt: readMoment(raw['modifiedAt']),
  isActive: readFlag(raw['isActive']),
  weight: readNumber(raw['weight']),
  color: readText(raw['color']),
  icon: readText(raw['icon']),
  parent: readId(raw['parent']),
  isCategory: readFlag(raw['isCategory']),
  nestedGroups: readList(raw['nestedGroups'], readId),
  actions: readList(raw['actions'], readAction),
  link: readLink(raw['link']),
  panel: readPanel(raw),
  nameTranslations: readObject(raw['nameTranslations'], (names) => names),
});
export const groupRecord = recordOf(readGroup);
export type GroupRecord = RecordOf<typeof groupRecord>;
type GroupPlace = Pick<GroupRecord, 'parent' | 'isCategory' | 'nestedGroups'>;

export interface GroupListFilter {
  readonly groupType?: 'channel' | 'task' | 'link' | undefined;
  readonly search?: string | undefined;
  readonly isActive: 'all' | 'true';
  readonly created_gte?: string | undefined;
}

/** Where a listed group shows and what it shows, as far as even a malformed one tells. */
export const placeOfGroup = ({ record, raw }: KeysetItem<GroupRecord>): GroupPlace =>
  isReadable(record) ? record : readGroup(isObject(raw) ? raw : {}, '');
