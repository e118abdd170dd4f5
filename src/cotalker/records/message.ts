import {
  readFlag,
  readId,
  readList,
  readObject,
  readText,
  recordOf,
  type RecordOf,
} from './fields.ts';
import { readMoment } from './moment.ts';

/** What a part points to: a text, or an object that holds an id or a URL. */
const readPart = (value: unknown) =>
  readObject(value, (raw) => ({
    type: readText(raw['type']),
    content: readText(raw['content']),
    payload: raw['payload'],
  }));

/** COTMessage (sheet, section 6). */
export const messageRecord = recordOf((raw, _id) => ({
  _id,
  channel: readId(raw['channel']),
  sentBy: readId(raw['sentBy']),
  content: readText(raw['content']),
  contentType: readText(raw['contentType']),
  contentParts: readList(raw['contentParts'], readPart),
  createdAt: readMoment(raw['createdAt']),
  modifiedAt: readMoment(raw['modifiedAt']),
  isActive: readFlag(raw['isActive']),
  isHidden: readFlag(raw['isHidden']),
}));
export type MessageRecord = RecordOf<typeof messageRecord>;
