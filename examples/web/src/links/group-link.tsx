import type { ComponentProps } from 'react';
import type { MenuItemFragment } from '../gql/graphql.ts';
import { groupAddress } from '../use-route.ts';
import { destinationOf } from './destination.ts';

interface Props extends ComponentProps<'a'> {
  readonly group: MenuItemFragment;
}

/** A link to what a group opens: its panel, or for links that are to open in a new tab, their target. */
export function GroupLink({ group, ...props }: Props) {
  if (group.__typename === 'LinkGroup' && group.opensIn === 'NEW_TAB') {
    const destination = destinationOf(group.url);
    if (destination.kind === 'web')
      return <a {...props} href={destination.href} target="_blank" rel="noopener noreferrer" />;
  }
  return <a {...props} href={groupAddress(group.id)} />;
}
