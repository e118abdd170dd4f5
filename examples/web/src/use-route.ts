import { useSyncExternalStore } from 'react';

const PATTERN = /^#\/group\/([0-9a-f]{24})$/;

/** The address of a group's panel in this app; in the hash, so that any file server can serve the app. */
export const groupAddress = (id: string): string => `#/group/${id}`;

export const MENU_ADDRESS = '#/';

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

export interface Route {
  /** The id of the group that the address names, or null. */
  readonly open: string | null;
  /** Whether the address names nothing that this app has. */
  readonly isUnknown: boolean;
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const open = PATTERN.exec(hash)?.[1] ?? null;
  return { open, isUnknown: open === null && !['', '#', MENU_ADDRESS].includes(hash) };
}
