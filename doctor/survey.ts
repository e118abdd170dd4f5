import type { ChannelRecord } from '../src/cotalker/records/channel.ts';
import type { GroupRecord } from '../src/cotalker/records/group.ts';
import type { StateMachineRecord, StateRecord } from '../src/cotalker/records/state-machine.ts';
import type { TaskGroupRecord } from '../src/cotalker/records/task-group.ts';
import type { TaskRecord } from '../src/cotalker/records/task.ts';
import type { UPSTREAM_GROUP_TYPE } from '../src/mapping/group.ts';
import type { Ask, Asker } from './ask.ts';
import type { Reply } from './reply.ts';
import type { Learnt } from './count-meaning.ts';
import type { Listing } from './reading.ts';

/** The tasks of one task group. */
export interface TaskListing extends Listing<TaskRecord> {
  readonly taskGroup: TaskGroupRecord;
}

/** Groups as the server's own filter tells their types apart. */
export type GroupsByType = Readonly<Record<keyof typeof UPSTREAM_GROUP_TYPE, Listing<GroupRecord>>>;

/**
 * What several checks look at: each of these is asked for once, when the first of them needs it. It fails
 * with CallFailed where its own call did, and with Unmet where there was nothing to ask by.
 */
export interface Survey {
  readonly ask: Ask;
  readonly askHeaders: Asker['askHeaders'];
  /** Which readings hold; checks add to it. */
  readonly learnt: Learnt;
  /** Whether the user wants admin mode looked at, too. */
  readonly admin: boolean;
  /** Why the gateway's largest limit was refused, and the limit that was taken in its place. */
  readonly limit: () => Promise<{ readonly taken: number; readonly refusal: Reply | undefined }>;
  /** The answer to the very first call. */
  readonly firstReply: () => Promise<Reply>;
  /** The groups, inactive ones too, the oldest change first. */
  readonly groups: () => Promise<Listing<GroupRecord>>;
  /** Their second page of one; the other lists' in the same way. */
  readonly groupsSecond: () => Promise<Listing<GroupRecord>>;
  readonly groupsByType: () => Promise<GroupsByType>;
  /** The channels, in the same way. */
  readonly channels: () => Promise<Listing<ChannelRecord>>;
  readonly channelsSecond: () => Promise<Listing<ChannelRecord>>;
  /** All task groups, of whatever group. */
  readonly taskGroups: () => Promise<Listing<TaskGroupRecord>>;
  /** @throws Unmet where none of the first few task groups has any. */
  readonly tasks: () => Promise<TaskListing>;
  readonly tasksSecond: () => Promise<TaskListing>;
  /** The id of that task group, or else of the first one. */
  readonly workflow: () => Promise<string>;
  /** Of that task group; the states, too. */
  readonly machines: () => Promise<Listing<StateMachineRecord>>;
  readonly states: () => Promise<Listing<StateRecord>>;
  /** What was loaded under this key before, or is now. */
  readonly remember: <T>(key: string, load: () => Promise<T>) => Promise<T>;
}
