import { isReadable } from '../cotalker/errors.ts';
import {
  type Field,
  isObject,
  readableOr,
  readId,
  readText,
  readUrl,
} from '../cotalker/records/fields.ts';
import type { MessageRecord } from '../cotalker/records/message.ts';
import type { MessageKind, MessagePartKind } from '../generated/resolvers.ts';
import type { Reference } from './fields.ts';
import { toMessageKind } from './message-content.ts';

/** The types of messages. One that cannot be told is none that is known. */
type MessageType = (typeof TYPES)[MessageKind];

const TYPES = {
  TEXT: 'TextMessage',
  SYSTEM: 'SystemMessage',
  IMAGE: 'ImageMessage',
  VIDEO: 'FileMessage',
  FILE: 'FileMessage',
  FORM: 'FormMessage',
  OTHER: 'OtherMessage',
} as const satisfies Record<MessageKind, string>;

export interface MessageModel {
  readonly __typename: MessageType | 'EnrichedMessage';
  readonly id: string;
  readonly channelId: Reference;
  readonly senderId: Reference;
  readonly sentAt: Field<string>;
  readonly modifiedAt: Field<string>;
  readonly editedAt: Field<string>;
  readonly isRemoved: Field<boolean>;
  readonly contentType: Field<string>;
  /** As Cotalker stores it; null if the message was removed, an error if that cannot be told. */
  readonly stored: Field<string>;
  readonly parts: readonly Field<MessagePartModel>[] | Error | null;
}

export function toMessage(record: MessageRecord): MessageModel {
  const removed = isRemoved(record);
  const shown = <T>(content: T) =>
    removed === true ? null : isReadable(removed) ? content : removed;
  return {
    __typename: typeOf(record.contentType),
    id: record._id,
    channelId: record.channel,
    senderId: record.sentBy,
    sentAt: record.createdAt,
    modifiedAt: record.modifiedAt,
    editedAt: editedAt(record),
    isRemoved: removed,
    contentType: record.contentType,
    stored: shown(record.content),
    parts: shown(toParts(record.contentParts)),
  };
}

/** Both ways of the sheet (section 6): `isHidden`, or no longer `isActive`. */
function isRemoved({ isHidden, isActive }: MessageRecord): Field<boolean> {
  if (isHidden === true || isActive === false) return true;
  if (!isReadable(isHidden)) return isHidden;
  return isReadable(isActive) ? false : isActive;
}

const ENRICHED = /^\s*text\/enriched\s*(?:;|$)/i;

function typeOf(contentType: Field<string>): MessageModel['__typename'] {
  if (contentType === null || !isReadable(contentType)) return 'OtherMessage';
  if (ENRICHED.test(contentType)) return 'EnrichedMessage';
  return TYPES[toMessageKind(contentType) ?? 'OTHER'];
}

/** Cotalker writes a new record twice, some milliseconds apart (a sample in the sheet, section 5). */
const SAVING_MS = 1000;

function editedAt({ createdAt, modifiedAt }: MessageRecord): Field<string> {
  if (createdAt === null || !isReadable(createdAt)) return createdAt;
  if (modifiedAt === null || !isReadable(modifiedAt)) return modifiedAt;
  return Date.parse(modifiedAt) - Date.parse(createdAt) > SAVING_MS ? modifiedAt : null;
}

export interface MessagePartModel {
  readonly __typename: 'MessagePart';
  readonly kind: MessagePartKind;
  readonly text: Field<string>;
  /** What the part points to, as it came. */
  readonly payload: unknown;
}

const PART_KINDS: Readonly<Record<string, MessagePartKind>> = {
  text: 'TEXT',
  link: 'LINK',
  hover: 'HOVER',
  task: 'TASK',
};

function toParts(parts: MessageRecord['contentParts']): MessageModel['parts'] {
  if (!isReadable(parts)) return parts;
  return parts.map((part) =>
    part === null || !isReadable(part)
      ? part
      : {
          __typename: 'MessagePart',
          kind: kindOf(readableOr(part.type, '')),
          text: part.content,
          payload: part.payload,
        },
  );
}

const kindOf = (type: string): MessagePartKind =>
  Object.hasOwn(PART_KINDS, type) ? (PART_KINDS[type] ?? 'OTHER') : 'OTHER';

/*
 * What a part points to is documented as `payload` alone. Each kind reads it as what it needs; a payload of another
 * form is an error at the field that needs it.
 */

export const linkOf = ({ kind, payload }: MessagePartModel): Field<string> =>
  kind === 'LINK' ? readUrl(isObject(payload) ? payload['url'] : payload) : null;
export const hintOf = ({ kind, payload }: MessagePartModel): Field<string> =>
  kind === 'HOVER' ? readText(payload) : null;
export const taskIdOf = ({ kind, payload }: MessagePartModel): Field<string> =>
  kind === 'TASK' ? readId(payload) : null;
