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

const KINDS: Readonly<Partial<Record<Template, Kind>>> = {
  '/v2/groups': 'menu',
  '/v2/task-groups': 'reference',
  '/v1/tasks/{id}/sm/smstatemachine': 'reference',
  '/v1/tasks/{id}/sm/smstate/all': 'reference',
  '/v2/properties': 'reference',
  '/v2/users': 'reference',
  '/v2/users/{id}': 'reference',
};

export const kindOf = ({ template }: { readonly template: Template }): Kind =>
  KINDS[template] ?? 'other';
