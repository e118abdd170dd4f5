import type { Session } from '../cotalker/session.ts';
import { listUsers, USER_IDS_PER_CALL } from '../cotalker/endpoints/users.ts';
import { toUser, type UserModel } from '../mapping/user.ts';
import { type ByIdLoader, createByIdLoader } from './by-id.ts';

/** People: one call per 30 distinct ids in the whole query as a rule, `GET /v2/users?id=…`; see `listUsers`. */
export const createUserLoader = (session: Session): ByIdLoader<UserModel> =>
  createByIdLoader(session, USER_IDS_PER_CALL, listUsers, toUser);
