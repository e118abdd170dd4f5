import type { SandboxData } from '../data.ts';
import { objectId } from '../ids.ts';

export const OTHER_COMPANY_ID = objectId('company', 'other');

/** The id in the other company of what has this id in the first. */
export const otherId = (id: string): string => objectId('other', id);

/** The other company: built as the first one is, but no id of the one exists in the other. */
export function otherCompany({ adminOnlyGroupIds, ...lists }: SandboxData): SandboxData {
  const text = JSON.stringify(lists).replace(
    /"([0-9a-f]{24})"/g,
    (_, id: string) => `"${otherId(id)}"`,
  );
  const moved = JSON.parse(text) as typeof lists;
  return { ...moved, adminOnlyGroupIds: new Set([...adminOnlyGroupIds].map(otherId)) };
}
