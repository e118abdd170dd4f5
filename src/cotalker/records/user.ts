import * as z from 'zod';
import { readText } from './values.ts';
import { flag, image, object, objectId, recordOf, text } from './fields.ts';

const NAMELESS = { names: null, lastName: null, secondLastName: null };

/**
 * COTUser (sheet, section 3). The payload also carries what no front end should get (permissions,
 * roles, phone, companies, settings): it is not declared, and so never leaves this layer.
 */
export const userRecord = recordOf({
  _id: objectId,
  name: z.union([
    z.string().transform((name) => ({ ...NAMELESS, displayName: readText(name) })),
    object({ displayName: text, names: text, lastName: text, secondLastName: text }),
  ]),
  email: text,
  jobTitle: text,
  avatar: image,
  isActive: flag,
  isOnline: flag,
});
export type UserRecord = z.infer<typeof userRecord>;
