import { type Listing } from './reading.ts';
import { CallFailed } from './reply.ts';
import type { Survey } from './survey.ts';

/** Whether an assumption holds; `unclear`: what this token sees of the service does not tell. */
export type Verdict = 'held' | 'broken' | 'unclear';

export interface Outcome {
  readonly verdict: Verdict;
  /** What was seen, in a sentence of our own words: counts and names of fields, never data or ids. */
  readonly seen: string;
  /** What that means for the gateway, where it is more than the check's own words; in the same form. */
  readonly consequence?: string | undefined;
}

/**
 * One assumption of the gateway about Cotalker, and how to find out about it. Where the documentation has several
 * readings and the gateway serves each of them, the check holds under each, and says which it is.
 */
export interface Check {
  /** What machines know it by. */
  readonly id: string;
  /** The assumption, as a statement. */
  readonly title: string;
  /** What the gateway can do because of it: a sentence that begins in lower case, to follow an arrow. */
  readonly holds: string;
  /** What goes wrong in the gateway where it does not hold, in the same form. */
  readonly breaks: string;
  /**
   * @throws Unmet where there is nothing to tell by, CallFailed where a call of the check's own failed;
   *   `examine` makes an outcome of both.
   */
  look(survey: Survey): Promise<Outcome>;
}

export const held = (seen: string, consequence?: string): Outcome => ({
  verdict: 'held',
  seen,
  consequence,
});
export const broken = (seen: string): Outcome => ({ verdict: 'broken', seen });

/** Something is missing that a check tells by; the message is a sentence that says what. */
export class Unmet extends Error {
  override readonly name = 'Unmet';
}

/**
 * What an earlier call has found, for a check that is about something else.
 *
 * @throws Unmet where it could not be read.
 */
export async function given<T>(found: Promise<T>, what: string): Promise<T> {
  try {
    return await found;
  } catch (error) {
    throw error instanceof CallFailed ? new Unmet(`The ${what} could not be read.`) : error;
  }
}

/** As `given`, for a list that has to hold something. */
export async function some<R>(found: Promise<Listing<R>>, what: string): Promise<Listing<R>> {
  const listing = await given(found, what);
  if (listing.records.length === 0) throw new Unmet(`This token sees no ${what}.`);
  return listing;
}
