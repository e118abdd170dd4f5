import { randomUUID } from 'node:crypto';
import { searchTasks } from '../src/cotalker/endpoints/tasks.ts';
import { getTask } from '../src/cotalker/endpoints/one-task.ts';
import { readBareOrNamed } from '../src/cotalker/records/envelope.ts';
import { taskRecord } from '../src/cotalker/records/task.ts';
import { GROUP_IDS_PER_CALL, listTaskGroupsOf } from '../src/cotalker/endpoints/task-groups.ts';
import { taskGroupRecord } from '../src/cotalker/records/task-group.ts';
import { broken, type Check, given, held, some, Unmet } from './check.ts';
import { countCheck } from './count-check.ts';
import { activeCheck, sinceCheck } from './list-filter-checks.ts';
import { TASKS } from './list-kinds.ts';
import { pagingCheck } from './list-page-checks.ts';
import { valueOf } from './raw.ts';
import { readBareListing, readListing, readReply } from './reading.ts';
import { severalIdsCheck } from './several-ids-check.ts';
import { count, part } from './text.ts';

const taskGroupsEnvelope: Check = {
  id: 'task-groups-envelope',
  title: 'GET /v2/task-groups lists all task groups, under data.taskgroups or data.values',
  holds: 'the gateway knows which groups are task groups.',
  breaks: 'groups fail, unless they are links or were listed by type.',
  look: async (survey) => {
    const { items, place } = await survey.taskGroups();
    return held(`${count(items.length, 'task groups')} on the first page, under ${place}.`);
  },
};

const groupIds = severalIdsCheck({
  id: 'task-groups-group-ids',
  title: 'groupIds takes several group ids, one of several, one alone, or is not looked at',
  breaks: 'groups that are looked up by themselves fail, or show as standard groups.',
  plural: 'task groups',
  most: GROUP_IDS_PER_CALL,
  known: async (survey) => {
    const { records } = await given(survey.taskGroups(), 'task groups');
    return records.map(({ group }) => valueOf(group)).filter((id) => id !== null);
  },
  ways: [
    { way: 'repeated', ask: listTaskGroupsOf },
    { way: 'single', ask: listTaskGroupsOf },
  ],
  consequence: 'the type of one group takes one call, and those of many come with the whole list.',
  isServedIgnored: true,
  read: (reply) => readListing(reply, ['taskgroups', 'values'], taskGroupRecord),
  idOf: ({ group }) => valueOf(group),
});

const oneGroupEach: Check = {
  id: 'task-groups-one-each',
  title: 'A task group names exactly one group, which no other task group names',
  holds: 'a group has one workflow, and its tasks are of that.',
  breaks: 'groups lack the tasks of their other task groups, or show as standard groups.',
  look: async (survey) => {
    const { records } = await some(survey.taskGroups(), 'task groups');
    const nameless = records.filter(({ group }) => valueOf(group) === null).length;
    if (nameless > 0)
      return broken(`${part(nameless, records.length, 'task groups')} name no group.`);
    const shared = records.length - new Set(records.map(({ group }) => valueOf(group))).size;
    if (shared > 0)
      return broken(
        `${part(shared, records.length, 'task groups')} name a group that another names.`,
      );
    return held(`${count(records.length, 'task groups')} name as many groups.`);
  },
};

const tasksEnvelope: Check = {
  id: 'tasks-envelope',
  title: 'GET /v2/task-groups/{id}/tasks lists its tasks under data.values',
  holds: 'the gateway can read tasks.',
  breaks: 'the gateway can read no task, or shows those of another task group.',
  look: async (survey) => {
    const { items, records, taskGroup } = await survey.tasks();
    const foreign = records.filter((task) => (task.taskGroup ?? taskGroup._id) !== taskGroup._id);
    if (foreign.length > 0)
      return broken(`${part(foreign.length, items.length, 'tasks')} name another task group.`);
    return held(`${count(items.length, 'tasks')} on the first page.`);
  },
};

const since = (name: string): Pick<Check, 'holds' | 'breaks'> => ({
  holds: `tasks(filter: {${name}}) can leave it to Cotalker.`,
  breaks: `tasks(filter: {${name}}) lists tasks that it should not, or leaves some out.`,
});

const search: Check = {
  id: 'tasks-search',
  title: 'GET /v1/tasks/{id}/task answers a bare array of the tasks that it finds by search',
  holds: 'tasks(filter: {search}) can leave it to Cotalker.',
  breaks: 'tasks(filter: {search}) fails.',
  look: async (survey) => {
    const { records, taskGroup } = await given(survey.tasks(), 'tasks');
    const name = records.map((task) => valueOf(task.name)).find((text) => text?.trim());
    if (name == null) throw new Unmet('None of the tasks has a name.');
    const find = async (words: string) => {
      const page = { page: 1, limit: 1 };
      const reply = await survey.ask((it) => searchTasks(it, taskGroup._id, words, page));
      return readBareListing(reply, taskRecord).items.length;
    };
    const found = await find(name);
    if ((await find(randomUUID())) > 0) return broken('It found tasks for words that no task has.');
    if (found === 0) throw new Unmet('It found nothing by the name of a task.');
    return held('It found tasks by the name of one, and none by words that no task has.');
  },
};

const oneTask: Check = {
  id: 'one-task',
  title: 'GET /v1/tasks/{id}/task/{taskId} answers one task, bare or under task',
  holds: 'task(id:) shows one task.',
  breaks: 'task(id:) fails, or is null.',
  look: async (survey) => {
    const { records, taskGroup } = await given(survey.tasks(), 'tasks');
    const [first] = records;
    if (first === undefined) throw new Unmet('None of the tasks could be read.');
    const place = { taskGroupId: taskGroup._id, taskId: first._id };
    const reply = await survey.ask((it) => getTask(it, place));
    const task = readReply(reply, (body) => readBareOrNamed(body, 'task', taskRecord));
    if (task?._id !== first._id) return broken('The answer does not hold the task asked for.');
    return held('The task that was asked for came.');
  },
};

export const taskChecks: readonly Check[] = [
  taskGroupsEnvelope,
  groupIds,
  oneGroupEach,
  tasksEnvelope,
  pagingCheck(TASKS),
  countCheck(TASKS),
  sinceCheck(TASKS, 'createdAt_gte', 'createdAt', since('createdSince')),
  sinceCheck(TASKS, 'modifiedAt_gte', 'modifiedAt', since('modifiedSince')),
  activeCheck(TASKS),
  search,
  oneTask,
];
