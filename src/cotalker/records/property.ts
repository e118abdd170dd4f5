import * as z from 'zod';
import { readText } from './values.ts';
import { flag, object, objectId, recordOf, text } from './fields.ts';

/** In both generations of the payload: `name: {display, code}`, or `display` and `code`; `name` may be a text. */
export const propertyNames = {
  name: z.union([
    z.string().transform((name) => ({ display: readText(name), code: null })),
    object({ display: text, code: text }),
  ]),
  display: text,
  code: text,
};

/** COTProperty (sheet, section 3). */
export const propertyRecord = recordOf({ _id: objectId, ...propertyNames, isActive: flag });
export type PropertyRecord = z.infer<typeof propertyRecord>;
