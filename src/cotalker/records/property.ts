import {
  isObject,
  readObject,
  recordOf,
  type Raw,
  type RecordOf,
  readId,
  readText,
} from './fields.ts';

/** In both generations of the payload: `name: {display, code}`, or `display` and `code`; `name` may be a text. */
export const readPropertyNames = (raw: Raw) => ({
  name: readNames(raw['name']),
  display: readText(raw['display']),
  code: readText(raw['code']),
  propertyType: readText(raw['propertyType']),
});

/** An id, or the property itself; what holds its type does so as well. */
export const readProperty = (value: unknown) =>
  isObject(value) ? { _id: readId(value['_id']), ...readPropertyNames(value) } : readId(value);

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
}));
export type PropertyRecord = RecordOf<typeof propertyRecord>;
