import type { Fault, FaultCall } from './fault-server.ts';
import * as faults from './faults.ts';

/** Records as the upstream sends them, by endpoint. */
export interface Records {
  groups: object[];
  channels: object[];
  taskGroups: object[];
  tasks: object[];
  stateMachines: object[];
  states: object[];
  properties: object[];
  users: object[];
  messages: object[];
}

/** The name of each v2 collection, and the parameter that asks for some of it by id. */
const COLLECTIONS: readonly [path: RegExp, list: keyof Records, key: string, ids?: string][] = [
  [/^\/v2\/groups$/, 'groups', 'groups'],
  [/^\/v2\/channels$/, 'channels', 'channels'],
  [/^\/v2\/task-groups$/, 'taskGroups', 'taskgroups'],
  [/^\/v2\/task-groups\/[^/]+\/tasks$/, 'tasks', 'values'],
  [/^\/v2\/properties$/, 'properties', 'properties', 'ids'],
  [/^\/v2\/users$/, 'users', 'users', 'id'],
];

/**
 * Answers each endpoint with all records of its kind, whatever is in them by then. It knows by the ids which are
 * asked for, and by the group that a channel named at first whose that is.
 */
export function serveRecords(records: Records): (call: FaultCall) => Fault {
  const owners = new Map(
    records.channels.map((channel) => [channel, String(fieldOf(channel, 'group')).toLowerCase()]),
  );
  const chats = new Map(
    records.messages.map((one) => [one, String(fieldOf(one, 'channel')).toLowerCase()]),
  );
  return ({ path, query }) => {
    if (path.endsWith('/smstatemachine')) return faults.json(records.stateMachines);
    if (path.endsWith('/smstate/all')) return faults.json(records.states);
    const [, channel] = /^\/v1\/messages\/channel\/([^/]+)/.exec(path) ?? [];
    if (channel !== undefined)
      return faults.json(records.messages.filter((one) => chats.get(one) === channel));
    const collection = COLLECTIONS.find(([pattern]) => pattern.test(path));
    if (collection === undefined) return faults.status(404);
    const [, list, key, ids = ''] = collection;
    const [asked, group] = [query.getAll(ids), query.get('group')];
    const found = records[list].filter(
      (record) =>
        (asked.length === 0 || asked.includes(String(fieldOf(record, '_id')))) &&
        (list !== 'channels' || group === null || owners.get(record) === group),
    );
    return faults.json({ data: { [key]: found, count: found.length } });
  };
}

const fieldOf = (record: object, field: string): unknown =>
  (record as Readonly<Record<string, unknown>>)[field];
