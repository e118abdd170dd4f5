/** Exactly so many, or, where that hangs on the order in which answers arrive, from … to. */
export type Calls = number | readonly [number, number];

/**
 * The upstream calls that one request makes on its own: the gateway's (`ours`), and the peers', which all make one
 * call for each group's channels. Where a caller's list of all channels is too long to be read, the gateway knows so for a
 * minute: its next requests make one call less.
 *
 * DataLoader sends its batch at the end of a turn of the event loop. So people and state names take one call each
 * at best, and at worst one for each task group's answer.
 */
export const CALLS: Readonly<Record<string, Readonly<Record<string, Calls>>>> = {
  groups: { peers: 1 },
  typed: { peers: 2 },
  workflow: { peers: 2 },
  'channels-10': { ours: 2, peers: 11 },
  'channels-100': { ours: 2, peers: 101 },
  'channels-10-of-1000': { ours: 12, peers: 11 },
  screen: { ours: 15, mercurius: 33, raw: 33, peers: [31, 39] },
  hello: { peers: 0 },
  'growth-groups-10': { peers: 1 },
  'growth-groups-1000': { peers: 2 },
  'growth-channels-10-50ms': { ours: 2, peers: 11 },
  'growth-channels-100-50ms': { ours: 2, peers: 101 },
};
