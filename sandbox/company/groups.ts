import type { RawRecord } from '../data.ts';
import { documentedGroups } from './documented-groups.ts';
import { group } from './group-row.ts';
import { ids } from './ids.ts';
import { linkGroups } from './link-groups.ts';
import { standardGroups } from './standard-groups.ts';
import { taskGroupGroups } from './task-groups.ts';

const rows = [...standardGroups, ...taskGroupGroups, ...linkGroups];

export const adminOnlyGroupIds = rows
  .filter((row) => row.adminOnly)
  .map(({ code }) => ids.group(code));

export function createGroups(): RawRecord[] {
  return [...documentedGroups(), ...rows.map(group)];
}
