import { type CotalkerError, isReadable } from '../cotalker/errors.ts';
import type { GroupRecord } from '../cotalker/records/group.ts';
import { type Field, readableOr } from '../cotalker/records/fields.ts';
import type { GroupAction } from '../generated/resolvers.ts';
import { byWeight, type Fallible, firstText } from './fields.ts';

/** `target` is the unchecked target of the button: only the resolver of `url` may send it to a caller. */
export type GroupActionModel = Fallible<Omit<GroupAction, 'url'>> & {
  readonly target: Field<string>;
};

type Listed = Exclude<GroupRecord['actions'], CotalkerError>[number];
type ActionRecord = Exclude<Listed, CotalkerError | null>;

/**
 * A group's buttons, sorted by weight. A button that cannot be read comes last, with errors in its fields. It
 * cannot be an error itself: no item of the list may be null, so the error would make the whole group null.
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
