import { invalidResponse } from '../errors.ts';

/*
 * Bounds on what a body may unfold to. Ten megabytes of `{}` (ten kilobytes, compressed) would be three
 * million objects, each of them checked: a minute in which the gateway does nothing else, and gigabytes.
 * What Cotalker sends stays far below: a page of 1,000 channels with 200 users each has 250,000 values.
 *
 * A text of up to 1,000,000 characters cannot have more values: each takes two characters at least. It is parsed at
 * once. How long its list is, and how deep a broken item nests, is for `records/envelope.ts` to see.
 */
const MAX_VALUES = 500_000;
const MAX_UNSEEN = 2 * MAX_VALUES;
const MAX_ENTRIES = 20_000;
const MAX_DEPTH = 100;

/**
 * Parses the JSON of an answer.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where it is not JSON, or has more than 500,000 values. A text
 *   of more than 1,000,000 characters may also have no more than 20,000 in one array or object, nor 100 levels.
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_UNSEEN && !isWithinBounds(text))
    throw invalidResponse('the answer unfolds to too much', 200);
  try {
    return JSON.parse(text);
  } catch {
    // The syntax error quotes the body, so it is dropped.
    throw invalidResponse('the answer is not JSON', 200);
  }
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
/** Of a bracket, with the bit set that tells it from a brace. */
const [OPENING, CLOSING] = [0x7b, 0x7d];
const BRACE_BIT = 0x20;

/** Counts by the punctuation outside of strings, before anything is built: 60 µs for 100 kB. */
function isWithinBounds(text: string): boolean {
  /** How many commas each array or object that is open has so far. */
  const commas = new Int32Array(MAX_DEPTH + 1);
  let depth = 0;
  let values = 1;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === COMMA) {
      const count = (commas[depth] ?? 0) + 1;
      commas[depth] = count;
      values += 1;
      if (count >= MAX_ENTRIES || values > MAX_VALUES) return false;
    } else if ((code | BRACE_BIT) === OPENING) {
      values += 1;
      depth += 1;
      if (depth > MAX_DEPTH || values > MAX_VALUES) return false;
      commas[depth] = 0;
    } else if ((code | BRACE_BIT) === CLOSING && depth > 0) depth -= 1;
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
