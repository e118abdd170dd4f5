import type { Session } from '../cotalker/session.ts';
import type { Loaders } from '../loaders/index.ts';

/** What a mutation of a request works with. */
export interface Desk {
  readonly session: Session;
  readonly loaders: Loaders;
}
