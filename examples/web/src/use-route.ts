import { useSyncExternalStore } from 'react';

const PATTERN = /^#\/group\/([0-9a-f]{24})(?:\/channel\/([0-9a-f]{24}))?$/;

/** The address of a group's panel in this app; in the hash, so that any file server can serve the app. */
export const groupAddress = (id: string): string => `#/group/${id}`;

/** The address of a channel's messages. */
export const channelAddress = (groupId: string, id: string): string =>
  `${groupAddress(groupId)}/channel/${id}`;

export const MENU_ADDRESS = '#/';

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

export interface Route {
  /** The id of the group that the address names, or null. */
  readonly open: string | null;
  /** The id of the channel in it that the address names, or null. */
  readonly channel: string | null;
  /** Whether the address names nothing that this app has. */
  readonly isUnknown: boolean;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const [, open = null, channel = null] = PATTERN.exec(hash) ?? [];
  return { open, channel, isUnknown: open === null && !['', '#', MENU_ADDRESS].includes(hash) };
}
