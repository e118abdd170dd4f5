import type { Field } from '../cotalker/records/fields.ts';
import type {
  PanelSort,
  PanelView,
  SortDirection,
  UngroupedChannels,
} from '../generated/resolvers.ts';
import { toEnum } from './fields.ts';
import type { GroupModel } from './group.ts';

/*
 * How a group's panel shows what is in it (sheet, section 3, "Group"). See `toEnum` for values that the schema does not
 * know.
 */

export const toPanelSort = (name: Field<string>): PanelSort | null =>
  toEnum(
    {
      weight: 'WEIGHT',
      modifiedAt: 'MODIFIED_AT',
      createdAt: 'CREATED_AT',
      'a-z': 'NAME',
      lastMessage: 'LAST_MESSAGE',
    },
    name,
  );

export const toDirection = (name: Field<string>): SortDirection | null =>
  toEnum({ asc: 'ASC', desc: 'DESC' }, name);

export const toUngrouped = (name: Field<string>): UngroupedChannels | null =>
  toEnum({ top: 'TOP', hide: 'HIDE' }, name);

export const toPanelView = (name: Field<string>): PanelView | null =>
  toEnum({ task: 'TASKS', group: 'CHANNELS' }, name);

/**
 * The group's name in a language: a name in that, else in the language without its last part, and so on (RFC 4647,
 * section 3.4); else the display name. A name that cannot be read is as good as none, since every group has a name.
 */
export function nameIn(
  { name, nameTranslations }: Pick<GroupModel, 'name' | 'nameTranslations'>,
  language: string | null | undefined,
): string {
  if (language == null || nameTranslations === null || nameTranslations instanceof Error)
    return name;
  const byLanguage = new Map(
    Object.entries(nameTranslations).map(([key, value]) => [spelled(key), value]),
  );
  for (let parts = spelled(language).split('-'); parts.length > 0; parts = parts.slice(0, -1)) {
    const found = byLanguage.get(parts.join('-'));
    if (typeof found === 'string' && found.trim() !== '') return found.toWellFormed();
  }
  return name;
}

const spelled = (language: string): string => language.toLowerCase().replaceAll('_', '-');
