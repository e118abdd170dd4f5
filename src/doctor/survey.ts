import type { ChannelRecord } from '../cotalker/channels.ts';
import type { GroupRecord } from '../cotalker/groups.ts';
import type { StateMachineRecord, StateRecord } from '../cotalker/state-machines.ts';
import type { TaskGroupRecord } from '../cotalker/task-groups.ts';
import type { TaskRecord } from '../cotalker/tasks.ts';
import type { UPSTREAM_GROUP_TYPE } from '../mapping/group.ts';
import type { Ask, Reply } from './ask.ts';
import type { Listing } from './reading.ts';
import type { Whole } from './whole.ts';

/** The tasks of one task group. */
export interface TaskListing extends Listing<Whole<TaskRecord>> {
  readonly taskGroup: Whole<TaskGroupRecord>;
}

/** Groups as the server's own filter tells their types apart. */
export type GroupsByType = Readonly<
  Record<keyof typeof UPSTREAM_GROUP_TYPE, Listing<Whole<GroupRecord>>>
>;

/**
 * What several checks look at: each of these is asked for once, when the first of them needs it. It fails
 * with CallFailed where its own call did, and with Unmet where there was nothing to ask by.
 */
export interface Survey {
  readonly ask: Ask;
  /** Whether the user wants admin mode looked at, too. */
  readonly admin: boolean;
  /** Why the gateway's largest limit was refused, and the limit that was taken in its place. */
  readonly limit: () => Promise<{ readonly taken: number; readonly refusal: Reply | undefined }>;
  /** The answer to the very first call. */
  readonly firstReply: () => Promise<Reply>;
  /** The groups, inactive ones too, the oldest change first. */
  readonly groups: () => Promise<Listing<Whole<GroupRecord>>>;
  readonly groupsByType: () => Promise<GroupsByType>;
  /** The channels, in the same way. */
  readonly channels: () => Promise<Listing<Whole<ChannelRecord>>>;
  /** The groups that task groups were asked for by: as many as one call may name. */
  readonly suspects: () => Promise<readonly Whole<GroupRecord>[]>;
  readonly taskGroups: () => Promise<Listing<Whole<TaskGroupRecord>>>;
  /** @throws Unmet where none of the first few task groups has any. */
  readonly tasks: () => Promise<TaskListing>;
  /** Of the task group whose tasks are looked at, or else the first one; the states, too. */
  readonly machines: () => Promise<Listing<Whole<StateMachineRecord>>>;
  readonly states: () => Promise<Listing<Whole<StateRecord>>>;
}
