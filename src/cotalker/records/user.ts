import {
  type Raw,
  readImage,
  readList,
  readObject,
  recordOf,
  type RecordOf,
  readFlag,
  readId,
  readText,
} from './fields.ts';

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

const readUser = (raw: Raw, _id: string) => ({
  _id,
  name: readName(raw['name']),
  email: readText(raw['email']),
  jobTitle: readText(raw['jobTitle']),
  avatar: readImage(raw['avatar']),
  isActive: readFlag(raw['isActive']),
  isOnline: readFlag(raw['isOnline']),
});

/**
 * COTUser (sheet, section 3). The payload also carries what no front end should get (permissions,
 * roles, phone, companies, settings): it is not declared, and so never leaves this layer.
 */
export const userRecord = recordOf(readUser);
export type UserRecord = RecordOf<typeof userRecord>;

/** The same of whom the token stands for, who may know which companies they are in. */
export const viewerRecord = recordOf((raw, _id) => ({
  ...readUser(raw, _id),
  company: readId(raw['company']),
  companies: readList(raw['companies'], (one) =>
    readObject(one, ({ companyId }) => readId(companyId)),
  ),
}));
export type ViewerRecord = RecordOf<typeof viewerRecord>;
