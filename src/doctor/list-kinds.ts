import { type ChannelRecord, channelRecord, listChannels } from '../cotalker/channels.ts';
import { type GroupRecord, groupRecord, listGroups } from '../cotalker/groups.ts';
import { listTasks, type TaskRecord, taskRecord } from '../cotalker/tasks.ts';
import { type Listing, readListing } from './reading.ts';
import type { Survey } from './survey.ts';
import type { Whole } from './whole.ts';

/** What the lists that can be filtered and paged have in common. */
export interface ListedRecord {
  readonly _id: string;
  readonly createdAt: string | null;
  readonly modifiedAt: string | null;
  readonly isActive: boolean | null;
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
  readonly plural: string;
  /** The survey's listing, inactive ones too. */
  readonly listed: (survey: Survey) => Promise<Listing<R>>;
  /** One more call for the same list, with something changed. */
  readonly vary: (survey: Survey, variation: Variation) => Promise<Listing<R>>;
  /** What the list is sorted by: two of the same may come in any order. */
  readonly sortKey: (record: R) => string | null;
}

const pageOf = async ({ limit }: Survey, { page = 1, ...asked }: Variation) => ({
  page,
  limit: asked.limit ?? (await limit()).taken,
  ...asked.since,
});

export const GROUPS: ListKind<Whole<GroupRecord>> = {
  plural: 'groups',
  listed: (survey) => survey.groups(),
  vary: async (survey, variation) => {
    const { isActive = 'all', search } = variation;
    const page = await pageOf(survey, variation);
    const reply = await survey.ask((session) => listGroups(session, { isActive, search }, page));
    return readListing(reply, ['groups'], groupRecord);
  },
  sortKey: ({ modifiedAt }) => modifiedAt,
};

export const CHANNELS: ListKind<Whole<ChannelRecord>> = {
  plural: 'channels',
  listed: (survey) => survey.channels(),
  vary: async (survey, variation) => {
    const { isActive = 'all', search } = variation;
    const page = await pageOf(survey, variation);
    const reply = await survey.ask((session) => listChannels(session, { isActive, search }, page));
    return readListing(reply, ['channels'], channelRecord);
  },
  sortKey: ({ modifiedAt }) => modifiedAt,
};

/** Of one task group. Without `search`, which tasks do not have. */
export const TASKS: ListKind<Whole<TaskRecord>> = {
  plural: 'tasks',
  listed: (survey) => survey.tasks(),
  vary: async (survey, variation) => {
    const { isActive, since } = variation;
    const { taskGroup } = await survey.tasks();
    const page = await pageOf(survey, variation);
    const filter = { isActive, ...since };
    const reply = await survey.ask((session) => listTasks(session, taskGroup._id, filter, page));
    return readListing(reply, ['values'], taskRecord);
  },
  sortKey: ({ name }) => name,
};
