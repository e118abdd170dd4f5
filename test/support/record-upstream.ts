import type { FaultCall } from './fault-server.ts';
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

/** Answers each endpoint with all records of its kind, whatever is in them: nothing here reads a field but the id. */
export const serveRecords = (records: Records) => (call: FaultCall) => {
  if (call.path.endsWith('/smstatemachine')) return faults.json(records.stateMachines);
  if (call.path.endsWith('/smstate/all')) return faults.json(records.states);
  for (const [path, list, key, ids] of COLLECTIONS) {
    if (!path.test(call.path)) continue;
    const asked = ids === undefined ? [] : call.query.getAll(ids);
    const found = records[list].filter(
      (record) => asked.length === 0 || asked.includes(String((record as { _id: unknown })._id)),
    );
    return faults.json({ data: { [key]: found, count: found.length } });
  }
  return faults.status(404);
};
