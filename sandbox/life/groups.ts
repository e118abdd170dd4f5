import type { RawRecord, SandboxData } from '../data.ts';
import { text } from '../records.ts';
import type { Draw } from './draw.ts';

/** Groups of the main menu, and the names that each has in turn. */
const NAMES: readonly (readonly [code: string, ...names: string[]])[] = [
  ['people_and_culture', 'Personas y Cultura', 'Personas, Cultura y Bienestar'],
  ['it_support', 'IT Support', 'IT Support: VPN is down'],
  ['warehouse', 'Bodega Central', 'Bodega Central: inventario'],
  ['customer_complaints', 'Reclamos de Clientes', 'Reclamos de Clientes (urgente)'],
];

/** Neighbours in the main menu. */
const NEIGHBOURS: readonly (readonly [string, string])[] = [
  ['safety', 'people_and_culture'],
  ['purchase_approvals', 'meter_replacement'],
  ['it_support', 'recruitment'],
];

/** The group of a code. */
export const groupOf = ({ groups }: SandboxData, code: string): RawRecord | undefined =>
  groups.find((group) => text(group, 'nameCode', 'code') === code);

export function renameGroup(data: SandboxData, draw: Draw, moment: string): void {
  const [code = '', ...names] = draw(NAMES) ?? [];
  const group = groupOf(data, code);
  if (!group) return;
  const field = 'nameDisplay' in group ? 'nameDisplay' : 'name';
  group[field] = names[(names.indexOf(text(group, field) ?? '') + 1) % names.length];
  group['modifiedAt'] = moment;
}

/** Two groups change places. */
export function swapGroups(data: SandboxData, draw: Draw, moment: string): void {
  const [one, other] = (draw(NEIGHBOURS) ?? []).map((code) => groupOf(data, code));
  if (!one || !other) return;
  [one['weight'], other['weight']] = [other['weight'], one['weight']];
  one['modifiedAt'] = moment;
  other['modifiedAt'] = moment;
}
