import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import { type Field, readableOr } from '../cotalker/records/values.ts';
import type { GroupAction } from '../generated/resolvers.ts';
import { type Fallible, firstText } from './fields.ts';
import { byWeight } from './order.ts';

/** `target` is where the button leads, unchecked: only the resolver of `url` may let it out. */
export type GroupActionModel = Fallible<Omit<GroupAction, 'url'>> & {
  readonly target: Field<string>;
};

type Listed = Exclude<GroupRecord['actions'], CotalkerError>[number];
type ActionRecord = Exclude<Listed, CotalkerError | null>;

/**
 * A group's buttons, by weight. One that could not be read comes last, with errors for its fields: as an error
 * itself it would take the group along, since no item of the list may be null.
 */
export function toActions(actions: GroupRecord['actions']): GroupActionModel[] {
  if (actions instanceof Error) return [unreadable(actions)];
  if (actions.length === 0) return [];
  const readable = actions.filter((action) => action !== null && isReadable(action));
  return [
    ...readable.sort(compareActions).map(toAction),
    ...actions.filter((action) => action instanceof Error).map(unreadable),
  ];
}

const compareActions = byWeight<ActionRecord>(({ display }) => readableOr(display, ''));

const toAction = (action: ActionRecord): GroupActionModel => ({
  __typename: 'GroupAction',
  id: firstText(action._id),
  name: action.display,
  target: action.url,
  icon: action.icon,
  // An action has no `embedded`: it opens a new tab or a pop-up.
  opensIn: readableOr(action.external, false) ? 'NEW_TAB' : 'POPUP',
  sendsToken: readableOr(action.auth, false),
});

const unreadable = (why: CotalkerError): GroupActionModel => ({
  __typename: 'GroupAction',
  id: why,
  name: why,
  target: why,
  icon: why,
  opensIn: 'POPUP',
  sendsToken: false,
});
