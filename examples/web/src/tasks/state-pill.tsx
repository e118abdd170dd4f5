import type { StateType } from '../gql/graphql.ts';

const TYPES = { NEW: 'new', IN_PROGRESS: 'in progress', CLOSED: 'closed' } as const;

interface Props {
  readonly state: { readonly name: string | null; readonly type: StateType | null };
}

/** A state by its name, or else by where it lies in a task's life, which is also its colour. */
export const StatePill = ({ state: { name, type } }: Props) => (
  <span className="state" data-type={type}>
    {name ?? (type ? TYPES[type] : 'unnamed')}
  </span>
);
