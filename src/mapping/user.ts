import { isReadable } from '../cotalker/errors.ts';
import type { UserRecord, ViewerRecord } from '../cotalker/records/user.ts';
import { readableOr } from '../cotalker/records/fields.ts';
import type { User, Viewer } from '../generated/resolvers.ts';
import { type Fallible, firstText, type Reference, toImage, toReferences } from './fields.ts';

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

export type ViewerModel = Fallible<Omit<Viewer, 'avatar'>> & {
  readonly avatar: ReturnType<typeof toImage>;
};

export function toViewer(record: ViewerRecord): ViewerModel {
  const { id, name, email, jobTitle, avatar } = toUser(record);
  return { __typename: 'Viewer', id, name, email, jobTitle, avatar, companyId: companyOf(record) };
}

/** The company that the record names; else the one that it lists, if it lists no other. */
function companyOf({ company, companies }: ViewerRecord): Reference {
  const listed = toReferences(companies);
  if (company !== null || listed instanceof Error) return company;
  return listed.length === 1 ? (listed[0] ?? null) : null;
}

/** The readable parts of a name, joined. */
const join = (...parts: readonly unknown[]): string =>
  parts.filter((part) => typeof part === 'string' && part.trim() !== '').join(' ');
