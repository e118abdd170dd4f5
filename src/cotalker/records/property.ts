import { readObject, recordOf, type Raw, type RecordOf, readFlag, readText } from './fields.ts';

/** In both generations of the payload: `name: {display, code}`, or `display` and `code`; `name` may be a text. */
export const readPropertyNames = (raw: Raw) => ({
  name: readNames(raw['name']),
  display: readText(raw['display']),
  code: readText(raw['code']),
});

const readNames = (value: unknown) =>
  typeof value === 'string'
    ? { display: readText(value), code: null }
    : readObject(value, (raw) => ({
        display: readText(raw['display']),
        code: readText(raw['code']),
      }));

/** COTProperty (sheet, section 3). */
export const propertyRecord = recordOf((raw, _id) => ({
  _id,
  ...readPropertyNames(raw),
  isActive: readFlag(raw['isActive']),
}));
export type PropertyRecord = RecordOf<typeof propertyRecord>;
