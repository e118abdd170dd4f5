import type { CompanyLineOptions } from './company-line.ts';
import type { AskForPlaces } from './in-redis.ts';

export interface AccountOptions extends CompanyLineOptions {
  /** The part of a company's quota that this instance takes where it is not shared: above 0, at most 1. */
  readonly share: number;
}

export interface AccountBounds {
  /** How many of its calls may be under way at once. Default: as many as there are. */
  readonly atOnce?: number;
  /** How instances share its quota. Default: they do not. */
  readonly ask?: AskForPlaces | undefined;
}
