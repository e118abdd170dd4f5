import { isReadable } from '../cotalker/errors.ts';
import type { UserRecord } from '../cotalker/records/user.ts';
import { readableOr } from '../cotalker/records/fields.ts';
import type { User } from '../generated/resolvers.ts';
import { type Fallible, firstText, toImage } from './fields.ts';

/** A person has no references to other records, so the model is the type itself. */
export type UserModel = Fallible<Omit<User, 'avatar'>> & {
  readonly avatar: ReturnType<typeof toImage>;
  /** The names that messages may name the person by. */
  readonly knownAs: readonly string[];
};

export function toUser(record: UserRecord): UserModel {
  const name = isReadable(record.name) ? record.name : null;
  const fullName = join(name?.names, name?.lastName, name?.secondLastName);
  const shown = readableOr(firstText(name?.displayName ?? null, fullName), record._id);
  return {
    __typename: 'User',
    id: record._id,
    name: shown,
    email: record.email,
    jobTitle: record.jobTitle,
    avatar: toImage(record.avatar),
    isActive: readableOr(record.isActive, true),
    isOnline: record.isOnline,
    knownAs: [shown, fullName, join(name?.names, name?.lastName)],
  };
}

/** The readable parts of a name, joined. */
const join = (...parts: readonly unknown[]): string =>
  parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');
