import { channelRecord, listChannels } from '../cotalker/channels.ts';
import { groupRecord, listGroups } from '../cotalker/groups.ts';
import { MAX_LIMIT } from '../cotalker/keyset.ts';
import {
  listStateMachines,
  listStates,
  stateMachineRecord,
  stateRecord,
} from '../cotalker/state-machines.ts';
import {
  GROUP_IDS_PER_CALL,
  listTaskGroupsOf,
  type TaskGroupRecord,
  taskGroupRecord,
} from '../cotalker/task-groups.ts';
import { listTasks, taskRecord } from '../cotalker/tasks.ts';
import { linkTarget, UPSTREAM_GROUP_TYPE } from '../mapping/group.ts';
import type { Ask, Reply } from './ask.ts';
import { given, Unmet } from './check.ts';
import { readBareListing, readListing } from './reading.ts';
import type { GroupsByType, Survey } from './survey.ts';
import type { Whole } from './whole.ts';

/** The limit to go on with where the gateway's own largest is refused. */
const MODEST_LIMIT = 100;
/** How many task groups are looked into for one that has tasks. */
const TASK_GROUPS_TRIED = 3;

/** @param admin Whether the user wants admin mode looked at, too. */
export function createSurvey(ask: Ask, admin: boolean): Survey {
  const askGroups = (limit: number): Promise<Reply> =>
    ask((session) => listGroups(session, { isActive: 'all' }, { page: 1, limit }));
  const firstReply = once(() => askGroups(MAX_LIMIT));
  const start = once(async () => {
    const first = await firstReply();
    if (!isRefused(first)) return { taken: MAX_LIMIT, refusal: undefined, reply: first };
    return { taken: MODEST_LIMIT, refusal: first, reply: await askGroups(MODEST_LIMIT) };
  });
  const groups = once(async () => readListing((await start()).reply, ['groups'], groupRecord));
  const limitTaken = async (): Promise<number> => (await start()).taken;

  const byType = async (groupType: (typeof UPSTREAM_GROUP_TYPE)[keyof GroupsByType]) => {
    const page = { page: 1, limit: await limitTaken() };
    const reply = await ask((session) => listGroups(session, { groupType, isActive: 'all' }, page));
    return readListing(reply, ['groups'], groupRecord);
  };
  const suspects = async () =>
    (await given(groups(), 'groups')).records
      .filter((group) => linkTarget(group) === null)
      .slice(0, GROUP_IDS_PER_CALL);
  const taskGroups = once(async () => {
    const ids = (await suspects()).map(({ _id }) => _id);
    if (ids.length === 0) throw new Unmet('This token sees no group that could be a task group.');
    const reply = await ask((session) => listTaskGroupsOf(session, ids));
    return readListing(reply, ['taskgroups', 'values'], taskGroupRecord);
  });
  const givenTaskGroups = async () => (await given(taskGroups(), 'task groups')).records;
  const tasks = once(async () => {
    const limit = await limitTaken();
    const tried = preferred(await givenTaskGroups()).slice(0, TASK_GROUPS_TRIED);
    for (const taskGroup of tried) {
      const reply = await ask((session) =>
        listTasks(session, taskGroup._id, {}, { page: 1, limit }),
      );
      const listing = readListing(reply, ['values'], taskRecord);
      if (listing.items.length > 0 || (listing.total ?? 0) > 0) return { ...listing, taskGroup };
    }
    throw new Unmet(
      tried.length === 0
        ? 'This token sees no task groups.'
        : `The task groups looked into (${tried.length}) have no tasks.`,
    );
  });
  const workflow = once(async () => {
    const [first] = preferred(await givenTaskGroups());
    if (first === undefined) throw new Unmet('This token sees no task groups.');
    try {
      return (await given(tasks(), 'tasks')).taskGroup._id;
    } catch (error) {
      // Without tasks, a workflow can be looked at all the same.
      if (error instanceof Unmet) return first._id;
      throw error;
    }
  });

  return {
    ask,
    admin,
    firstReply,
    limit: start,
    groups,
    groupsByType: once(async () => ({
      STANDARD: await byType(UPSTREAM_GROUP_TYPE.STANDARD),
      TASK: await byType(UPSTREAM_GROUP_TYPE.TASK),
      LINK: await byType(UPSTREAM_GROUP_TYPE.LINK),
    })),
    channels: once(async () => {
      const page = { page: 1, limit: await limitTaken() };
      const reply = await ask((session) => listChannels(session, { isActive: 'all' }, page));
      return readListing(reply, ['channels'], channelRecord);
    }),
    suspects,
    taskGroups,
    tasks,
    machines: once(async () => {
      const id = await workflow();
      const reply = await ask((session) => listStateMachines(session, id));
      return readBareListing(reply, stateMachineRecord);
    }),
    states: once(async () => {
      const id = await workflow();
      return readBareListing(await ask((session) => listStates(session, id)), stateRecord);
    }),
  };
}

/** Whether the server objects to what was asked, not to who asks. */
const isRefused = ({ result }: Reply): boolean =>
  'failure' in result && [400, 413, 422].includes(result.failure.status ?? 0);

/** Those in use, and with a workflow, come first: the most can be told by them. */
const preferred = (taskGroups: readonly Whole<TaskGroupRecord>[]): Whole<TaskGroupRecord>[] =>
  taskGroups.toSorted((a, b) => rank(a) - rank(b));
const rank = ({ isActive, initialStateMachine }: Whole<TaskGroupRecord>): number =>
  (isActive === false ? 2 : 0) + (initialStateMachine === null ? 1 : 0);

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}
