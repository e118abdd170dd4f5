import type { RawRecord } from '../data.ts';
import { companyId, ids } from './ids.ts';
import { at } from './times.ts';

/** A group in a table; days count from the start of 2020. */
export interface GroupRow {
  readonly code: string;
  readonly name: string;
  readonly created: number;
  /** null: the record has no `modifiedAt`. */
  readonly modified: number | null;
  readonly weight?: number;
  readonly parent?: string;
  readonly inactive?: true;
  readonly adminOnly?: true;
  /** The short payload of the seed in place of the full one. */
  readonly short?: true;
  /** On top of the permission lists that `link` holds on groups of every type. */
  readonly link?: RawRecord;
  /** Further raw fields; they win. */
  readonly extra?: RawRecord;
}

const icons = [
  'M3 21h18v-2H3v2zM5 17h3V8H5v9zm5 0h4V3h-4v14zm6 0h3v-6h-3v6z',
  'M7 2v11h3v9l7-12h-4l4-8z',
  'M12 2 2 7v2h20V7L12 2zM4 11v8H2v2h20v-2h-2v-8h-2v8h-4v-8h-4v8H6v-8H4z',
  'M19 3H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h14a2 2 0 0 0 2-2V5a2 2 0 0 0-2-2z',
];
const colors = ['#0b6e4f', '#c84630', '#1d4e89', '#f4a259', '#5b3758'];

const permissions = (): RawRecord => ({
  requiredPermission: ['group-read'],
  requiredPermissionsV2: [],
});

export function group(row: GroupRow, index: number): RawRecord {
  const dates = {
    createdAt: at(row.created, index),
    ...(row.modified !== null && { modifiedAt: at(row.modified, 184) }),
  };
  const inactive = row.inactive ? { isActive: false } : {};
  const _id = ids.group(row.code);
  if (row.short) {
    return { _id, name: row.name, code: row.code, ...dates, ...inactive, ...row.extra };
  }
  return {
    createChannels: { active: index % 2 === 0, ...permissions() },
    link: { ...permissions(), ...row.link },
    isActive: true,
    ...inactive,
    color: colors[index % colors.length],
    ...(index % 5 !== 4 && { icon: icons[index % icons.length] }),
    search: row.name.toLowerCase().split(/[^\p{L}\p{N}]+/u),
    hideChannelsByProperties: [],
    channelsWithoutCategoryLocation: 'top',
    groupSort: 'weight',
    groupSortDirection: 'asc',
    innerSort: 'lastMessage',
    innerSortDirection: 'desc',
    _id,
    nameDisplay: row.name,
    nameCode: row.code,
    company: companyId,
    ...dates,
    actions: [],
    ...(row.parent !== undefined && { parent: ids.group(row.parent) }),
    ...(row.weight !== undefined && { weight: row.weight }),
    __v: 0,
    ...row.extra,
  };
}
