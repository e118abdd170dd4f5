import type { GroupRecord } from '../src/cotalker/records/group.ts';
import { typeOfGroup } from '../src/mapping/group.ts';
import { broken, type Check, given, held, some, Unmet } from './check.ts';
import { countCheck } from './count-check.ts';
import { typesTold } from './group-types.ts';
import { activeCheck, searchCheck, sinceCheck } from './list-filter-checks.ts';
import { GROUPS } from './list-kinds.ts';
import { orderCheck, pagingCheck } from './list-page-checks.ts';
import { idsOf } from './reading.ts';
import { count, part } from './text.ts';

const envelope: Check = {
  id: 'groups-envelope',
  title: 'GET /v2/groups answers {"data": {"groups": […]}}',
  holds: 'the gateway can read groups.',
  breaks: 'the gateway can read no group at all.',
  look: async (survey) => {
    const { items } = await survey.groups();
    return held(`${count(items.length, 'groups')} on the first page.`);
  },
};

const typeFilter: Check = {
  id: 'group-type-filter',
  title: 'groupType parts the groups in channel, task and link',
  holds: 'groups(filter: {type}) takes one call, and the type needs no look-up.',
  breaks: 'groups(filter: {type}) lists groups of other types, and under a wrong type.',
  look: async (survey) => {
    const all = await some(survey.groups(), 'groups');
    const lists = Object.values(await survey.groupsByType());
    const ids = lists.flatMap((list) => [...idsOf(list)]);
    const twice = new Set(ids.filter((id, index) => ids.indexOf(id) < index)).size;
    if (twice > 0) return broken(`${count(twice, 'groups')} came under more than one type.`);
    const typed = new Set(ids);
    const none = all.records.filter(({ _id }) => !typed.has(_id)).length;
    if (none > 0 && lists.every(({ isWhole }) => isWhole))
      return broken(`${count(none, 'groups')} came under none of the three types.`);
    const [standard, task, link] = lists.map(({ items }) => items.length);
    return held(`${standard} came under channel, ${task} under task, ${link} under link.`);
  },
};

const typeSigns: Check = {
  id: 'group-type-signs',
  title: 'A link target makes a link group, a task group that names it a task group',
  holds: 'the gateway tells the type of any group, however it was fetched.',
  breaks: 'the same group has one type in a list by type, and another elsewhere.',
  look: async (survey) => {
    const { records } = await some(survey.groups(), 'groups');
    const taskGroups = await given(survey.taskGroups(), 'task groups');
    const lists = await given(survey.groupsByType(), 'groups by type');
    const typeTold = typesTold(lists);
    const isTask = ({ _id }: GroupRecord): boolean => typeTold.get(_id) === 'TASK';
    const named = new Set(taskGroups.records.map(({ group }) => group));
    const compared = records.filter(({ _id }) => typeTold.has(_id));
    const differ = compared.filter(
      (group) =>
        typeOfGroup(group, { hasTaskGroup: named.has(group._id) }) !== typeTold.get(group._id),
    );
    if (differ.length > 0 && !taskGroups.isWhole && differ.every(isTask))
      throw new Unmet('The task groups came on more than one page, or may have.');
    if (differ.length > 0)
      return broken(`groupType puts ${part(differ.length, compared.length, 'groups')} elsewhere.`);
    if (compared.length === 0) throw new Unmet('groupType tells of none of the groups.');
    return held(`groupType says the same of ${count(compared.length, 'groups')}.`);
  },
};

const createdSince = {
  holds: 'groups(filter: {createdSince}) can leave it to Cotalker.',
  breaks: 'groups(filter: {createdSince}) lists groups that it should not, or leaves some out.',
};
const modifiedSince = {
  holds: 'a cursor goes on from its moment, and filter: {modifiedSince} works.',
  breaks: 'a second page of groups repeats the first, or leaves some out.',
};

export const groupChecks: readonly Check[] = [
  envelope,
  pagingCheck(GROUPS),
  countCheck(GROUPS),
  orderCheck(GROUPS),
  sinceCheck(GROUPS, 'modified_gte', 'modifiedAt', modifiedSince),
  sinceCheck(GROUPS, 'created_gte', 'createdAt', createdSince),
  activeCheck(GROUPS),
  searchCheck(GROUPS),
  typeFilter,
  typeSigns,
];
