import { useSyncExternalStore } from 'react';

const PATTERN = /^#\/group\/([0-9a-f]{24})$/;

/** The address of a group's panel in this app; in the hash, so that any file server can serve the app. */
export const groupAddress = (id: string): string => `#/group/${id}`;

export const MENU_ADDRESS = '#/';

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

/** The id of the group that the address names, or null. */
export const useOpenGroup = (): string | null =>
  useSyncExternalStore(subscribe, () => PATTERN.exec(location.hash)?.[1] ?? null);
