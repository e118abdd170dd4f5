/** A record as the upstream sends it. Tests may plant malformed ones, so nothing here trusts a field. */
export type RawRecord = Record<string, unknown>;

/** What the sandbox answers from: plain objects, in insertion order; a change shows in the next call. */
export interface SandboxData {
  groups: RawRecord[];
  channels: RawRecord[];
  taskGroups: RawRecord[];
  stateMachines: RawRecord[];
  states: RawRecord[];
  tasks: RawRecord[];
  messages: RawRecord[];
  properties: RawRecord[];
  users: RawRecord[];
  /** Groups that show in admin mode only, and with them their channels, task groups and tasks. */
  adminOnlyGroupIds: Set<string>;
}
