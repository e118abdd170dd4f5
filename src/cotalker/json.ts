import { invalidResponse } from './errors.ts';

/*
 * Bounds on what a body may unfold to. Ten megabytes of `{}` (ten kilobytes, compressed) would be three
 * million objects, each of them checked: a minute in which the gateway does nothing else, and gigabytes.
 * What Cotalker sends stays far below: a page of 1,000 channels with 200 users each has 250,000 values.
 */
const MAX_VALUES = 500_000;
const MAX_ENTRIES = 20_000;
const MAX_DEPTH = 100;

/**
 * Parses the JSON of an answer.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where it is not JSON, or out of bounds: more than
 *   500,000 values in all, 20,000 in one array or object, or nested more than 100 levels deep.
 */
export function parseJson(text: string): unknown {
  if (!isWithinBounds(text)) throw invalidResponse('the answer unfolds to too much', 200);
  try {
    return JSON.parse(text);
  } catch {
    // The syntax error quotes the body, so it is dropped.
    throw invalidResponse('the answer is not JSON', 200);
  }
}

const BACKSLASH = 0x5c;

/** Counts by the punctuation outside of strings, before anything is built. */
function isWithinBounds(text: string): boolean {
  /** How many commas each array or object that is open has so far. */
  const commas: number[] = [];
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        break;
      case ',': {
        const count = (commas.pop() ?? 0) + 1;
        commas.push(count);
        values += 1;
        if (count >= MAX_ENTRIES || values > MAX_VALUES) return false;
        break;
      }
      case '[':
      case '{':
        values += 1;
        if (commas.push(0) > MAX_DEPTH || values > MAX_VALUES) return false;
        break;
      case ']':
      case '}':
        commas.pop();
    }
  }
  return true;
}

/** Where the string that starts at `from` ends; the end of the text where it does not. */
function endOfString(text: string, from: number): number {
  for (let end = text.indexOf('"', from + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes += 1;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}
