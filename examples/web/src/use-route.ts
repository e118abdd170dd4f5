import { useSyncExternalStore } from 'react';

/** What the address names; it is in the hash, so that any file server can serve the app. */
export type Route =
  | { readonly view: 'menu' | 'mine' | 'unknown'; readonly open: null }
  /** `open` is the id of the group whose entry of the menu is the current one. */
  | { readonly view: 'group'; readonly open: string }
  | { readonly view: 'channel'; readonly open: string; readonly id: string }
  /** A task that was named in a message comes without its group. */
  | { readonly view: 'task'; readonly open: string | null; readonly id: string };

export const MENU_ADDRESS = '#/';
export const MINE_ADDRESS = '#/my-tasks';
export const groupAddress = (id: string): string => `#/group/${id}`;
export const channelAddress = (groupId: string, id: string): string =>
  `${groupAddress(groupId)}/channel/${id}`;
export const taskAddress = (groupId: string | null, id: string): string =>
  `${groupId === null ? '#' : groupAddress(groupId)}/task/${id}`;

const GROUP = /^#\/group\/([0-9a-f]{24})$/;
const CHANNEL = /^#\/group\/([0-9a-f]{24})\/channel\/([0-9a-f]{24})$/;
const TASK = /^#(?:\/group\/([0-9a-f]{24}))?\/task\/([0-9a-f]{24})$/;

function routeOf(hash: string): Route {
  if (['', '#', MENU_ADDRESS].includes(hash)) return { view: 'menu', open: null };
  if (hash === MINE_ADDRESS) return { view: 'mine', open: null };
  const [, group] = GROUP.exec(hash) ?? [];
  if (group !== undefined) return { view: 'group', open: group };
  const [, of, channel] = CHANNEL.exec(hash) ?? [];
  if (of !== undefined && channel !== undefined) return { view: 'channel', open: of, id: channel };
  const [, open = null, task] = TASK.exec(hash) ?? [];
  if (task !== undefined) return { view: 'task', open, id: task };
  return { view: 'unknown', open: null };
}

function subscribe(onChange: () => void): () => void {
  addEventListener('hashchange', onChange);
  return () => removeEventListener('hashchange', onChange);
}

export const useRoute = (): Route => routeOf(useSyncExternalStore(subscribe, () => location.hash));
