import {
  firstOf,
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
export const messageRecord = recordOf((raw, _id) => {
  const createdAt = readMoment(raw['createdAt']);
  const changedAt = readMoment(raw['modifiedAt']);
  return {
    _id,
    channel: readId(raw['channel']),
    sentBy: readId(raw['sentBy']),
    content: readText(raw['content']),
    contentType: readText(raw['contentType']),
    contentParts: readList(raw['contentParts'], readPart),
    createdAt,
    changedAt,
    /** Its place in the list: a message that does not say when it changed has been so since it was sent. */
    modifiedAt: firstOf(changedAt, createdAt),
    isActive: readFlag(raw['isActive']),
    isHidden: readFlag(raw['isHidden']),
  };
});
export type MessageRecord = RecordOf<typeof messageRecord>;
