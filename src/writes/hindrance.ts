import { CotalkerError } from '../cotalker/errors.ts';
import type {
  FormRequired,
  Gone,
  NotAllowed,
  Refused,
  StateChanged,
} from '../generated/resolvers.ts';
import type { StateModel } from '../mapping/state-machine.ts';
import type { Desk } from './desk.ts';

/** Why something has not been done: what its payload tells in `errors`. */
export type Hindrance =
  FormRequired | Gone | NotAllowed | NotANextStateModel | Refused | StateChanged;

export interface NotANextStateModel {
  readonly __typename: 'NotANextState';
  readonly message: string;
  readonly allowed: readonly StateModel[];
}

export const gone = (what: string): Gone => ({
  __typename: 'Gone',
  message: `The ${what} is not there, or you may not see it.`,
});

/** Whether Cotalker wants `Admin` for a write is documented in two ways (sheet, section 1). */
const notAllowed = (admin: boolean): NotAllowed => ({
  __typename: 'NotAllowed',
  message: admin
    ? 'Cotalker does not allow you to do this, though you asked in admin mode.'
    : 'Cotalker does not allow you to do this. Whoever is an admin may try again in admin mode (the header "Admin: true").',
});

export const stateChanged = (): StateChanged => ({
  __typename: 'StateChanged',
  message: 'The task has been moved to another state meanwhile.',
});

export const notANextState = (allowed: readonly StateModel[]): NotANextStateModel => ({
  __typename: 'NotANextState',
  message: 'The task cannot be moved there by hand from the state that it is in.',
  allowed,
});

export const formRequired = (surveyId: string | null): FormRequired => ({
  __typename: 'FormRequired',
  message: 'To move the task there, a form must be answered in Cotalker.',
  surveyId,
});

/** Whether Cotalker has refused what it was asked for, and neither for a missing right nor for a missing record. */
export const isRefusal = (error: unknown): error is CotalkerError & { readonly status: number } =>
  error instanceof CotalkerError &&
  error.code === 'UPSTREAM_INVALID_RESPONSE' &&
  error.status !== undefined &&
  error.status >= 400;

/**
 * What a failed call tells people.
 *
 * @param what The record that the call is about, such as `task`.
 * @throws The failure itself, where people can do nothing about it, or where it tells nothing of a write.
 */
export function hindranceIn(error: unknown, what: string, admin: boolean): Hindrance {
  if (isRefusal(error)) {
    const message = 'Cotalker does not accept this.';
    return { __typename: 'Refused', message, status: error.status };
  }
  const code = error instanceof CotalkerError ? error.code : undefined;
  if (code === 'NOT_FOUND') return gone(what);
  if (code === 'FORBIDDEN') return notAllowed(admin);
  throw error;
}

/** The same of a call that only reads: that Cotalker does not accept it refuses no write. */
export function hindranceInRead(error: unknown, what: string, admin: boolean): Hindrance {
  if (isRefusal(error)) throw error;
  return hindranceIn(error, what, admin);
}

/**
 * The id of the task group that names a group, or why there is none for the caller.
 *
 * @throws CotalkerError as `idBehind`, but for `NOT_FOUND` and `FORBIDDEN`.
 */
export const taskGroupBehind = (
  { session, loaders }: Desk,
  groupId: string,
): Promise<string | Hindrance> =>
  loaders.taskGroups
    .idBehind(groupId)
    .catch((error: unknown) => hindranceInRead(error, 'task group', session.admin));
