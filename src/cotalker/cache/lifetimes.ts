import type { Template } from '../call.ts';

/** How long what Cotalker has told is remembered, in milliseconds; 0: not at all. */
export interface Lifetimes {
  /** What seldom changes: state machines and their states, properties, people, task groups. */
  readonly reference: number;
  /** The list of groups, which the main menu is made of. */
  readonly menu: number;
  /** All other answers. */
  readonly other: number;
}

export type Kind = keyof Lifetimes;

/** So many times as long the list of groups serves a caller whose call for it would wait for the quota. */
const MENU_AT_LIMIT = 4;

/** How long a kind may be served at the most, in milliseconds. */
export const longestOf = (lifetimes: Lifetimes, kind: Kind): number =>
  lifetimes[kind] * (kind === 'menu' ? MENU_AT_LIMIT : 1);

export const longestOfAll = (lifetimes: Lifetimes): number =>
  Math.max(lifetimes.reference, longestOf(lifetimes, 'menu'), lifetimes.other);

const KIND_OF: Readonly<Partial<Record<Template, Kind>>> = {
  '/v2/groups': 'menu',
  '/v2/task-groups': 'reference',
  '/v1/tasks/{id}/sm/smstatemachine': 'reference',
  '/v1/tasks/{id}/sm/smstate/all': 'reference',
  '/v2/properties': 'reference',
  '/v2/users': 'reference',
  '/v2/users/{id}': 'reference',
};

export const kindOf = ({ template }: { readonly template: Template }): Kind =>
  KIND_OF[template] ?? 'other';
