import { objectId } from '../ids.ts';

/** The groups of the public documentation keep the ids that they have there. */
const documented: Record<string, string> = {
  south_pacific_sales_2020: '5fb43a565ee842ad20f69751',
  north_division_2021: '5fb43aedb4508f03e1d9916b',
  best_group: '619e51fee8b60a63b678aa94',
};

export const companyId = '619e51f3e7e198f18fe56a01';

/** The ids of the company by the names that its tables use. */
export const ids = {
  user: (key: string): string => objectId('user', key),
  group: (code: string): string => documented[code] ?? objectId('group', code),
  channel: (code: string): string => objectId('channel', code),
  /** Named by its group's code: in this company no group has two. */
  taskGroup: (group: string): string => objectId('taskGroup', group),
  stateMachine: (code: string): string => objectId('stateMachine', code),
  state: (machine: string, state: string): string => objectId('state', `${machine}/${state}`),
  property: (code: string): string => objectId('property', code),
  propertyType: (code: string): string => objectId('propertyType', code),
  survey: (name: string): string => objectId('survey', name),
  task: (group: string, index: number): string => objectId('task', `${group}/${index}`),
  /** The n-th before the last one of a channel. */
  message: (channelId: string, n: number): string => objectId('message', `${channelId}/${n}`),
};
