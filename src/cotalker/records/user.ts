import { readImage, readObject, recordOf, type RecordOf, readFlag, readText } from './fields.ts';

const NAMELESS = { names: null, lastName: null, secondLastName: null };

const readName = (value: unknown) =>
  typeof value === 'string'
    ? { ...NAMELESS, displayName: readText(value) }
    : readObject(value, (raw) => ({
        displayName: readText(raw['displayName']),
        names: readText(raw['names']),
        lastName: readText(raw['lastName']),
        secondLastName: readText(raw['secondLastName']),
      }));

/**
 * COTUser (sheet, section 3). The payload also carries what no front end should get (permissions,
 * roles, phone, companies, settings): it is not declared, and so never leaves this layer.
 */
export const userRecord = recordOf((raw, _id) => ({
  _id,
  name: readName(raw['name']),
  email: readText(raw['email']),
  jobTitle: readText(raw['jobTitle']),
  avatar: readImage(raw['avatar']),
  isActive: readFlag(raw['isActive']),
  isOnline: readFlag(raw['isOnline']),
}));
export type UserRecord = RecordOf<typeof userRecord>;
