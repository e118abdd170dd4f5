import type { Session } from '../cotalker/session.ts';
import type { Loaders } from '../loaders/index.ts';

/** What a mutation of a request works with. */
export interface Desk {
  readonly session: Session;
  readonly loaders: Loaders;
  /** To be called once a channel has a message more: who follows it does not wait for a slow poll. */
  readonly tellFollowers: (channelId: string) => void;
}
