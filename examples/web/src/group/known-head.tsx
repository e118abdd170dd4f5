import type { MenuItemFragment } from '../gql/graphql.ts';
import { takeFocus } from '../take-focus.ts';
import { GroupIcon } from './group-icon.tsx';

/** The head of a panel before the group is there: the menu knows its name and icon. */
export const KnownHead = ({ entry }: { readonly entry: MenuItemFragment | undefined }) => {
  const name = entry?.name ?? 'Group';
  return (
    <header className="group-head">
      <title>{`${name} – Cotalker menu`}</title>
      <GroupIcon icon={entry?.icon ?? null} name={name} />
      <h1 className="group-title" tabIndex={-1} ref={takeFocus}>
        {name}
      </h1>
    </header>
  );
};
