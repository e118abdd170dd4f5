import * as z from 'zod';
import { fetchByIds } from './by-ids.ts';
import { type Item, readCollection } from './envelope.ts';
import { flag, objectId, recordOf, text } from './fields.ts';
import type { Session } from './session.ts';

const names = z.object({ display: text, code: text });

/** COTProperty, in both generations of the payload: `name: {display, code}` or `display`, `code`. */
export const propertyRecord = recordOf({
  _id: objectId,
  name: z
    .union([names, z.string().transform((display) => ({ display, code: null }))])
    .nullish()
    .transform((value) => value ?? null),
  display: text,
  code: text,
  isActive: flag,
});
export type PropertyRecord = z.infer<typeof propertyRecord>;

/** How many ids one call may name. */
export const PROPERTY_IDS_PER_CALL = 100;

/**
 * `GET /v2/properties?ids=…`: those of at most {@link PROPERTY_IDS_PER_CALL} properties that Cotalker
 * knows, inactive ones too. One call as a rule, see `fetchByIds`.
 */
export const listProperties = (
  session: Session,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Item<PropertyRecord>['record']>> =>
  fetchByIds(
    session,
    {
      name: 'properties',
      fetchPage: async (ids, page = { limit: PROPERTY_IDS_PER_CALL }) => {
        const query = { ids, isActive: 'all', ...page, count: true };
        const body = await session.get({ template: '/v2/properties', query });
        return readCollection(body, ['properties'], propertyRecord);
      },
    },
    ids,
  );
