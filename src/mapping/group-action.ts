import type { GroupRecord } from '../cotalker/groups.ts';
import type { GroupAction } from '../generated/resolvers.ts';
import { byWeight } from './order.ts';
import { firstText } from './text.ts';

/** `target` is where the button leads, unchecked: only the resolver of `url` may let it out. */
export type GroupActionModel = Omit<GroupAction, 'url'> & { readonly target: string | null };

/** A group's buttons, by weight. */
export const toActions = (actions: GroupRecord['actions']): GroupActionModel[] =>
  [...actions].sort(byWeight(({ display }) => display ?? '')).map((action) => ({
    __typename: 'GroupAction',
    id: action._id,
    name: action.display,
    target: firstText(action.url),
    icon: action.icon,
    // An action has no `embedded`: it opens a new tab or a pop-up.
    opensIn: action.external ? 'NEW_TAB' : 'POPUP',
    sendsToken: action.auth ?? false,
  }));
