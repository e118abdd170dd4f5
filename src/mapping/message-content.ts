import { isReadable } from '../cotalker/errors.ts';
import {
  type Field,
  firstOf,
  isObject,
  readImage,
  readText,
  readUrl,
} from '../cotalker/records/fields.ts';
import type { MessageKind } from '../generated/resolvers.ts';
import { firstText, type ImageModel, toImage } from './fields.ts';

/** What a message's content means (sheet, section 6, "Message"). */
export interface Content {
  /** The text, perhaps with the sender's name before it; null if the content describes a file. */
  readonly text: Field<string>;
  /** The unchecked URL of a file or a picture: only the resolver may send it to a caller. */
  readonly target: Field<string>;
  readonly fileName: Field<string>;
}

/**
 * Reads the content of a message. It is read only when a query asks for it: few lists of channels do.
 *
 * @returns If the content cannot be read: that error in each part that depends on it.
 */
export function readContent({
  content,
  contentType,
}: {
  readonly content: Field<string>;
  readonly contentType: Field<string>;
}): Content {
  if (content === null || !isReadable(content))
    return { text: content, target: content, fileName: content };
  const kind = isReadable(contentType) ? toMessageKind(contentType) : null;
  const json = kind === 'TEXT' || kind === 'SYSTEM' ? undefined : jsonIn(content);
  return json === undefined
    ? { text: content, target: null, fileName: null }
    : { text: null, ...readFile(json) };
}

const KINDS: readonly [pattern: RegExp, kind: MessageKind][] = [
  [/^text\/(?:plain|enriched)$/, 'TEXT'],
  [/^text\/system$/, 'SYSTEM'],
  [/^image\//, 'IMAGE'],
  [/^video\//, 'VIDEO'],
  [/^application\/vnd\.cotalker\.survey$/, 'FORM'],
  [/^application\/vnd\.cotalker\./, 'OTHER'],
  [/^(?:application|audio|text)\//, 'FILE'],
];

/**
 * The kind that a `contentType` means, whatever its parameters. An unknown type is `OTHER`, a missing one is null.
 *
 * @throws CotalkerError where it could not be read.
 */
export function toMessageKind(contentType: Field<string>): MessageKind | null {
  const named = firstText(contentType);
  if (!isReadable(named)) throw named;
  if (named === null) return null;
  const [type = ''] = named.toLowerCase().split(';');
  return KINDS.find(([pattern]) => pattern.test(type.trim()))?.[1] ?? 'OTHER';
}

/** JSON, alone or after the sender's name. */
const JSON_TEXT = /^(?:[^{[:]{1,200}:)?\s*([{[].*)$/s;

/** The JSON part of a content, which may be broken; undefined if the content is a text. */
const jsonIn = (content: string): string | undefined => JSON_TEXT.exec(content)?.[1];

/** A file is `{url, name}`, a picture `{original, square, small}`. */
function readFile(json: string): Pick<Content, 'target' | 'fileName'> {
  const file = parse(json);
  if (!isObject(file)) return { target: null, fileName: null };
  const urls = [file['url'], file['original'], file['square'], file['small']].map(readUrl);
  return { target: firstOf(...urls), fileName: firstText(readText(file['name'])) };
}

/** The picture that the content of an image describes, its URLs unchecked; null if it describes none. */
export function readPicture(content: Field<string>): Field<ImageModel> {
  if (content === null || !isReadable(content)) return content;
  const json = parse(jsonIn(content) ?? '');
  return isObject(json) ? toImage(readImage(json)) : null;
}

/** The author of a message decides its content: broken JSON describes no file, and is not an error. */
function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/** A name, then a colon, on the first line. */
const PREFIX = /^([^:\n]{1,200}): ?/;

/** The name that a text may begin with; undefined if it does not begin like that. */
export const nameBefore = (text: string): string | undefined => PREFIX.exec(text)?.[1];

/**
 * A text without the name of who wrote it (sheet, section 3, "Channel": `content` may begin with it).
 *
 * @param names The names of the sender.
 */
export function withoutName(text: string, names: readonly string[]): string {
  const before = nameBefore(text);
  if (before === undefined || !names.some((name) => isSame(name, before))) return text;
  return text.replace(PREFIX, '');
}

const isSame = (a: string, b: string): boolean => fold(a) === fold(b);
const fold = (name: string): string => name.trim().replace(/\s+/g, ' ').toLowerCase();
