import { listChannels } from '../src/cotalker/endpoints/channels.ts';
import { channelRecord } from '../src/cotalker/records/channel.ts';
import { listGroups } from '../src/cotalker/endpoints/groups.ts';
import { groupRecord } from '../src/cotalker/records/group.ts';
import { MAX_LIMIT } from '../src/cotalker/paging/paged-list.ts';
import type { Session } from '../src/cotalker/session.ts';
import { listStateMachines, listStates } from '../src/cotalker/endpoints/state-machines.ts';
import { stateMachineRecord, stateRecord } from '../src/cotalker/records/state-machine.ts';
import { type TaskGroupRecord, taskGroupRecord } from '../src/cotalker/records/task-group.ts';
import { taskRecord } from '../src/cotalker/records/task.ts';
import { listTasks } from '../src/cotalker/endpoints/tasks.ts';
import { UPSTREAM_GROUP_TYPE } from '../src/mapping/group.ts';
import type { Asker } from './ask.ts';
import type { Reply } from './reply.ts';
import { given, Unmet } from './check.ts';
import { type Learnt, withMeaning } from './count-meaning.ts';
import { isRefused, readBareListing, readListing } from './reading.ts';
import type { GroupsByType, Survey } from './survey.ts';

/** The limit to go on with where the gateway's own largest is refused. */
const MODEST_LIMIT = 100;
/** How many task groups are looked into for one that has tasks. */
const TASK_GROUPS_TRIED = 3;
/** Of one record, the second: what shows how pages are counted, and what a count means. */
const SECOND = { page: 2, limit: 1 };

/** @param admin Whether the user wants admin mode looked at, too. */
export function createSurvey({ ask, askHeaders }: Asker, admin: boolean): Survey {
  const learnt: Learnt = {};
  const askGroups = (page: Page): Promise<Reply> =>
    ask((session) => listGroups(session, { isActive: 'all' }, page));
  const firstReply = once(() => askGroups({ page: 1, limit: MAX_LIMIT }));
  const start = once(async () => {
    const first = await firstReply();
    if (!isRefused(first)) return { taken: MAX_LIMIT, refusal: undefined, reply: first };
    const reply = await askGroups({ page: 1, limit: MODEST_LIMIT });
    return { taken: MODEST_LIMIT, refusal: first, reply };
  });
  const firstPage = async (): Promise<Page> => ({ page: 1, limit: (await start()).taken });

  const groupsSecond = once(async () => readGroups(await askGroups(SECOND)));
  const groups = once(() =>
    withMeaning(learnt, 'groups', {
      first: async () => readGroups((await start()).reply),
      second: groupsSecond,
    }),
  );
  const byType = async (groupType: (typeof UPSTREAM_GROUP_TYPE)[keyof GroupsByType]) => {
    const page = await firstPage();
    const reply = await ask((session) => listGroups(session, { groupType, isActive: 'all' }, page));
    return readListing(reply, ['groups'], groupRecord, learnt.counts?.groups);
  };

  const readChannels = async (page: Page) =>
    readListing(
      await ask((session) => listChannels(session, { isActive: 'all' }, page)),
      ['channels'],
      channelRecord,
    );
  const channelsSecond = once(() => readChannels(SECOND));

  const readTaskGroups = async (page: Page) =>
    readListing(
      await ask((session) => askTaskGroups(session, page)),
      ['taskgroups', 'values'],
      taskGroupRecord,
    );
  const taskGroups = once(() =>
    withMeaning(learnt, 'taskGroups', {
      first: async () => readTaskGroups(await firstPage()),
      second: () => readTaskGroups(SECOND),
    }),
  );
  const givenTaskGroups = async () => (await given(taskGroups(), 'task groups')).records;

  const readTasks = async (taskGroup: TaskGroupRecord, page: Page) => {
    const reply = await ask((session) => listTasks(session, taskGroup._id, {}, page));
    return { ...readListing(reply, ['values'], taskRecord), taskGroup };
  };
  const firstTasks = once(async () => {
    const tried = preferred(await givenTaskGroups()).slice(0, TASK_GROUPS_TRIED);
    for (const taskGroup of tried) {
      const listing = await readTasks(taskGroup, await firstPage());
      if (listing.items.length > 0 || (listing.total ?? 0) > 0) return listing;
    }
    throw new Unmet(
      tried.length === 0
        ? 'This token sees no task groups.'
        : `The task groups looked into (${tried.length}) have no tasks.`,
    );
  });
  const tasksSecond = once(async () => readTasks((await firstTasks()).taskGroup, SECOND));
  const tasks = once(async () => {
    const listing = await withMeaning(learnt, 'tasks', { first: firstTasks, second: tasksSecond });
    return { ...listing, taskGroup: (await firstTasks()).taskGroup };
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
  const varied = new Map<string, Promise<unknown>>();

  return {
    ask,
    askHeaders,
    admin,
    learnt,
    firstReply,
    limit: start,
    groups,
    groupsSecond,
    groupsByType: once(async () => {
      // What their counts mean.
      await given(groups(), 'groups');
      return {
        STANDARD: await byType(UPSTREAM_GROUP_TYPE.STANDARD),
        TASK: await byType(UPSTREAM_GROUP_TYPE.TASK),
        LINK: await byType(UPSTREAM_GROUP_TYPE.LINK),
      };
    }),
    channels: once(() =>
      withMeaning(learnt, 'channels', {
        first: async () => readChannels(await firstPage()),
        second: channelsSecond,
      }),
    ),
    channelsSecond,
    taskGroups,
    tasks,
    tasksSecond,
    workflow,
    machines: once(async () => {
      const id = await workflow();
      const reply = await ask((session) => listStateMachines(session, id));
      return readBareListing(reply, stateMachineRecord);
    }),
    states: once(async () => {
      const id = await workflow();
      return readBareListing(await ask((session) => listStates(session, id)), stateRecord);
    }),
    remember: <T>(key: string, load: () => Promise<T>): Promise<T> => {
      const known = varied.get(key) ?? load();
      varied.set(key, known);
      return known as Promise<T>;
    },
  };
}

interface Page {
  readonly page: number;
  readonly limit: number;
}

const readGroups = (reply: Reply) => readListing(reply, ['groups'], groupRecord);

/** `GET /v2/task-groups`: all that the token sees, the oldest first. */
const askTaskGroups = (session: Session, page: Page): Promise<unknown> =>
  session.get({
    template: '/v2/task-groups',
    query: { isActive: 'all', sortBy: 'createdAt', orderBy: 'asc', ...page, count: true },
  });

/** Those in use, and with a workflow, come first: the most can be told by them. */
const preferred = (taskGroups: readonly TaskGroupRecord[]): TaskGroupRecord[] =>
  taskGroups.toSorted((a, b) => rank(a) - rank(b));
const rank = ({ isActive, initialStateMachine }: TaskGroupRecord): number =>
  (isActive === false ? 2 : 0) + (initialStateMachine === null ? 1 : 0);

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}
