import type * as z from 'zod';
import { isReadable } from '../errors.ts';
import type { KeysetItem } from './placed-item.ts';
import {
  dateTime,
  flag,
  list,
  number,
  object,
  objectId,
  recordOf,
  reference,
  text,
  url,
} from './fields.ts';

const action = object({
  _id: text,
  display: text,
  url,
  icon: text,
  auth: flag,
  external: flag,
  weight: number,
});

const link = object({
  url,
  cmd: url,
  linkType: text,
  auth: flag,
  embedded: flag,
  external: flag,
});

/** Where a group shows, and what it shows. */
const place = { parent: reference, isCategory: flag, nestedGroups: list(reference) };

/** COTGroup, in both generations of the payload (sheet, section 3). */
export const groupRecord = recordOf({
  _id: objectId,
  nameDisplay: text,
  name: text,
  nameCode: text,
  code: text,
  createdAt: dateTime,
  modifiedAt: dateTime,
  isActive: flag,
  weight: number,
  color: text,
  icon: text,
  ...place,
  actions: list(action),
  link,
});
export type GroupRecord = z.infer<typeof groupRecord>;

/** Which groups to list, in the upstream's words. */
export interface GroupListFilter {
  readonly groupType?: 'channel' | 'task' | 'link' | undefined;
  readonly search?: string | undefined;
  readonly isActive: 'all' | 'true';
  readonly created_gte?: string | undefined;
}

const placeOnly = recordOf(place);
export type GroupPlace = z.infer<typeof placeOnly>;

const NOWHERE = placeOnly.parse({});

/** Where a listed group shows and what it shows, as far as even a malformed one tells. */
export const placeOfGroup = ({ record, malformed }: KeysetItem<GroupRecord>): GroupPlace =>
  isReadable(record) ? record : (placeOnly.safeParse(malformed?.raw).data ?? NOWHERE);
