import { seesGroup } from '../caller.ts';
import type { SandboxData } from '../data.ts';
import { byActive, byDate, byFlag, bySearch, type Filter, where } from '../filters.ts';
import { anyText, date, flag, flagOrAll, oneOf, orderBy, paging } from '../query.ts';
import { field, text } from '../records.ts';
import { endpoint, find, listed, single } from './endpoint.ts';

/** Channels take the same ones. There is no `modified_lt` and no `modified_lte`. */
export const dateFilters = {
  modified: date,
  modified_gt: date,
  modified_gte: date,
  created: date,
  created_gt: date,
  created_gte: date,
  created_lt: date,
  created_lte: date,
};

const isUsable = (target: string | undefined): boolean =>
  target !== undefined && target.trim() !== '';

const isLink: Filter = (group) => {
  const link = field(group, 'link');
  return isUsable(text(link, 'url')) || isUsable(text(link, 'cmd'));
};

/** The one kind of a group; a target wins over a task group that names it, so the kinds never overlap. */
function kindIn(data: SandboxData): (group: unknown) => 'link' | 'task' | 'channel' {
  const named = new Set(data.taskGroups.map((taskGroup) => field(taskGroup, 'group')));
  const isNamed = (id: unknown): boolean => id !== undefined && named.has(id);
  return (group) => (isLink(group) ? 'link' : isNamed(field(group, '_id')) ? 'task' : 'channel');
}

export const groupEndpoints = [
  endpoint(
    '/v2/groups',
    {
      ...paging,
      ...dateFilters,
      search: anyText,
      isActive: flagOrAll,
      groupType: oneOf('channel', 'task', 'link'),
      isLink: flag,
      isTaskGroup: flag,
      hasCatergories: flag,
      sortBy: oneOf('modifiedAt'),
      orderBy,
    },
    (asked) => {
      const { caller, data, query, readings } = asked;
      const kind = kindIn(data);
      const found = where(
        data.groups,
        seesGroup(caller, data, '_id'),
        byActive(query.isActive, readings),
        (group) => query.groupType === undefined || kind(group) === query.groupType,
        byFlag(query.isLink, (group) => kind(group) === 'link'),
        byFlag(query.isTaskGroup, (group) => kind(group) === 'task'),
        byFlag(query.hasCatergories, (group) => field(group, 'isCategory') === true),
        bySearch(query.search),
        byDate(query, 'modified', 'modifiedAt'),
        byDate(query, 'created', 'createdAt'),
      );
      return listed('groups', found, asked);
    },
  ),
  endpoint(
    '/v2/groups/{id}',
    {},
    (asked) => ({ data: single('groups', find(asked.data.groups, asked.id, 'group'), asked) }),
    { demandsAdmin: true },
  ),
];
