import { invalidResponse } from '../errors.ts';
import { isWithinBounds } from '../../json-bounds.ts';

/*
 * Bounds on what a body may unfold to. Ten megabytes of `{}` (ten kilobytes, compressed) would be three
 * million objects, each of them checked: a minute in which the gateway does nothing else, and gigabytes.
 * What Cotalker sends stays far below: a page of 1,000 channels with 200 users each has 250,000 values.
 *
 * A text of up to 1,000,000 characters cannot have more values: each takes two characters at least. It is parsed at
 * once. How long its list is, and how deep a broken item nests, is for `records/envelope.ts` to see.
 */
const BOUNDS = { values: 500_000, entries: 20_000, depth: 100 };
const MAX_UNSEEN = 2 * BOUNDS.values;

/**
 * Parses the JSON of an answer.
 *
 * @throws CotalkerError `UPSTREAM_INVALID_RESPONSE` where it is not JSON, or has more than 500,000 values. A text
 *   of more than 1,000,000 characters may also have no more than 20,000 in one array or object, nor 100 levels.
 */
export function parseJson(text: string): unknown {
  if (text.length > MAX_UNSEEN && !isWithinBounds(text, BOUNDS))
    throw invalidResponse('the answer unfolds to too much', 200);
  try {
    return JSON.parse(text);
  } catch {
    // The syntax error quotes the body, so it is dropped.
    throw invalidResponse('the answer is not JSON', 200);
  }
}
