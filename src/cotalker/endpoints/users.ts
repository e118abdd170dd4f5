import { fetchByIds } from '../paging/by-ids.ts';
import { type Item, readCollection, readEntity } from '../records/envelope.ts';
import { absentAsNull } from '../errors.ts';
import { type UserRecord, userRecord } from '../records/user.ts';
import type { Session } from '../session.ts';

/** How many ids one call may name: what Cotalker's own SDK sends at most. */
export const USER_IDS_PER_CALL = 30;

/**
 * `GET /v2/users?id=…`: those of at most {@link USER_IDS_PER_CALL} people that Cotalker knows, also
 * those who left. One call as a rule, see `fetchByIds`; one `GET /v2/users/{id}` for each where it takes no `id`.
 */
export const listUsers = (
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item<UserRecord>['record']>> =>
  fetchByIds(
    session,
    {
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
    },
    ids,
  );
