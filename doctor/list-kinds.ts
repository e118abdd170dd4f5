import { listChannels } from '../src/cotalker/endpoints/channels.ts';
import { type ChannelRecord, channelRecord } from '../src/cotalker/records/channel.ts';
import type { CotalkerError } from '../src/cotalker/errors.ts';
import { listGroups } from '../src/cotalker/endpoints/groups.ts';
import { type GroupRecord, groupRecord } from '../src/cotalker/records/group.ts';
import { listTasks } from '../src/cotalker/endpoints/tasks.ts';
import { type TaskRecord, taskRecord } from '../src/cotalker/records/task.ts';
import type { ListName } from '../src/cotalker/traits/index.ts';
import { valueOf } from './raw.ts';
import { type Listing, readListing } from './reading.ts';
import type { Survey } from './survey.ts';

/** What the lists that can be filtered and paged have in common. */
export interface ListedRecord {
  readonly _id: string;
  readonly createdAt: string | CotalkerError | null;
  readonly modifiedAt: string | CotalkerError | null;
  readonly isActive: boolean | CotalkerError | null;
}

/** The lower bounds of dates that the gateway asks for. */
export type SinceParameter = 'modified_gte' | 'created_gte' | 'modifiedAt_gte' | 'createdAt_gte';

/** A filter or a page other than that of the survey's own listing. */
export interface Variation {
  readonly isActive?: 'true';
  readonly search?: string;
  readonly since?: { readonly [P in SinceParameter]?: string };
  readonly page?: number;
  readonly limit?: number;
}

/** A kind of list, so that the same checks can be made of each. */
export interface ListKind<R extends ListedRecord> {
  readonly name: ListName;
  readonly plural: string;
  /** The survey's listing, inactive ones too. */
  readonly listed: (survey: Survey) => Promise<Listing<R>>;
  /** Its second page of one record. */
  readonly second: (survey: Survey) => Promise<Listing<R>>;
  /** One call for the same list, with something changed; one alone for the same change. */
  readonly vary: (survey: Survey, variation: Variation) => Promise<Listing<R>>;
  /** What the list is sorted by: two of the same may come in any order. */
  readonly sortKey: (record: R) => string | null;
}

const pageOf = async ({ limit }: Survey, { page = 1, ...asked }: Variation) => ({
  page,
  limit: asked.limit ?? (await limit()).taken,
  ...asked.since,
});

/** Checks that look at the same variation share its call. */
const varyOnce =
  <R>(
    name: ListName,
    vary: (survey: Survey, variation: Variation) => Promise<Listing<R>>,
  ): typeof vary =>
  (survey, variation) =>
    survey.remember(`${name} ${JSON.stringify(variation)}`, () => vary(survey, variation));

export const GROUPS: ListKind<GroupRecord> = {
  name: 'groups',
  plural: 'groups',
  listed: (survey) => survey.groups(),
  second: (survey) => survey.groupsSecond(),
  vary: varyOnce('groups', async (survey, variation) => {
    const { isActive = 'all', search } = variation;
    const page = await pageOf(survey, variation);
    const reply = await survey.ask((session) => listGroups(session, { isActive, search }, page));
    return readListing(reply, ['groups'], groupRecord, survey.learnt.counts?.groups);
  }),
  sortKey: ({ modifiedAt }) => valueOf(modifiedAt),
};

export const CHANNELS: ListKind<ChannelRecord> = {
  name: 'channels',
  plural: 'channels',
  listed: (survey) => survey.channels(),
  second: (survey) => survey.channelsSecond(),
  vary: varyOnce('channels', async (survey, variation) => {
    const { isActive = 'all', search } = variation;
    const page = await pageOf(survey, variation);
    const reply = await survey.ask((session) => listChannels(session, { isActive, search }, page));
    return readListing(reply, ['channels'], channelRecord, survey.learnt.counts?.channels);
  }),
  sortKey: ({ modifiedAt }) => valueOf(modifiedAt),
};

/** Of one task group. Without `search`, which tasks do not have. */
export const TASKS: ListKind<TaskRecord> = {
  name: 'tasks',
  plural: 'tasks',
  listed: (survey) => survey.tasks(),
  second: (survey) => survey.tasksSecond(),
  vary: varyOnce('tasks', async (survey, variation) => {
    const { isActive, since } = variation;
    const { taskGroup } = await survey.tasks();
    const page = await pageOf(survey, variation);
    const filter = { isActive, ...since };
    const reply = await survey.ask((session) => listTasks(session, taskGroup._id, filter, page));
    return readListing(reply, ['values'], taskRecord, survey.learnt.counts?.tasks);
  }),
  sortKey: ({ name }) => valueOf(name),
};
