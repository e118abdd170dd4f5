import type { UserRecord } from '../cotalker/users.ts';
import type { User } from '../generated/resolvers.ts';
import { toImage } from './image.ts';
import { firstText } from './text.ts';

/** A person has no edges: the model is the type. */
export type UserModel = User;

export const toUser = (record: UserRecord): UserModel => ({
  __typename: 'User',
  id: record._id,
  name: firstText(record.name?.displayName ?? null, fullName(record.name)) ?? record._id,
  email: record.email,
  jobTitle: record.jobTitle,
  avatar: toImage(record.avatar),
  isActive: record.isActive ?? true,
  isOnline: record.isOnline,
});

const fullName = (name: UserRecord['name']): string =>
  [name?.names, name?.lastName, name?.secondLastName].filter((part) => part?.trim()).join(' ');
