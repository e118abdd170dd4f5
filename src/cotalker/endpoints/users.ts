import { fetchByIds } from '../paging/by-ids.ts';
import type { IdList } from '../paging/id-search.ts';
import { rememberedOr } from '../paging/remembered-records.ts';
import { type Item, readCollection, readEntity, readItem } from '../records/envelope.ts';
import { absentAsNull } from '../errors.ts';
import { type UserRecord, userRecord } from '../records/user.ts';
import type { Session } from '../session.ts';

/** How many ids one call may name: what Cotalker's own SDK sends at most. */
export const USER_IDS_PER_CALL = 30;

/**
 * `GET /v2/users?id=…`: those of at most {@link USER_IDS_PER_CALL} people that Cotalker knows, also
 * those who left. No call for those that are remembered. One call for the others as a rule, see `fetchByIds`; one
 * `GET /v2/users/{id}` for each where it takes no `id`.
 */
export const listUsers = (
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item<UserRecord>['record']>> =>
  rememberedOr(session.memory, USERS, ids, (missing) =>
    fetchByIds(session, usersUpstream(session), missing),
  );

const USERS = {
  name: 'users',
  read: (raw: unknown) => readItem(raw, userRecord),
} as const;

const usersUpstream = (session: Session): IdList<UserRecord> => ({
  name: 'users',
  fetchPage: async (id, page = { limit: USER_IDS_PER_CALL }) => {
    const query = { id, isActive: 'all', ...page, count: true };
    const body = await session.get({ template: '/v2/users', query });
    return readCollection(body, ['users'], userRecord);
  },
  fetchOne: (id) =>
    absentAsNull(async () => {
      const body = await session.get({ template: '/v2/users/{id}', id });
      return readEntity(body, id, userRecord);
    }),
});
