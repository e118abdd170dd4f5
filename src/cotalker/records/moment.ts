import { type Field, readNothing, UNREADABLE } from './values.ts';

/*
 * How a moment is read (sheet, section 1, "dates"): ISO 8601 or epoch milliseconds, brought to the one spelling
 * that sorts as text: UTC with milliseconds.
 */

/** As Cotalker writes it, on a day of its month. February 29th, which not every year has, is looked at below. */
const WRITTEN =
  /^\d{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|1\d|2[0-8]))T(?:[01]\d|2[0-3])(?::[0-5]\d){2}\.\d{3}Z$/;
/** A day of its month, a time of the day with or without seconds, and where it was read off a clock. */
const ISO =
  /^(\d{4}-\d\d-\d\d)(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:[.,](\d+))?)? ?(Z|[+-]\d\d(?::?[0-5]\d)?)?)?$/i;
const NUMERAL = /^\d+$/;

/**
 * Epoch milliseconds lie between these, 1973 and 2286. A smaller number may be seconds, or a day written as
 * `20211124`; a larger one a moment written as `20211124141126`.
 */
const LEAST_EPOCH_MS = 1e11;
const MOST_EPOCH_MS = 1e13;

/**
 * A moment. Without an offset it is taken as UTC, and a day alone as its beginning: so JavaScript reads a day,
 * and Cotalker writes UTC.
 */
export function readMoment(value: unknown): Field<string> {
  if (typeof value === 'number') return ofEpoch(value);
  if (typeof value !== 'string') return readNothing(value);
  if (WRITTEN.test(value)) return value;
  const text = value.trim();
  if (NUMERAL.test(text)) return ofEpoch(Number(text));
  return ofParts(ISO.exec(text)) ?? readNothing(value);
}

const ofEpoch = (ms: number): Field<string> =>
  ms >= LEAST_EPOCH_MS && ms < MOST_EPOCH_MS ? new Date(ms).toISOString() : UNREADABLE;

/** Null where there is no such moment, or its offset leads out of the years of four digits. */
function ofParts(parts: RegExpExecArray | null): string | null {
  if (parts === null) return null;
  const [, day = '', hours = '00', minutes = '00', seconds = '00', fraction = '', zone = 'Z'] =
    parts;
  const start = new Date(`${day}T00:00:00.000Z`);
  // JavaScript takes February 30th for March 1st.
  if (Number.isNaN(start.getTime()) || !start.toISOString().startsWith(day)) return null;
  const ms = fraction.slice(0, 3).padEnd(3, '0');
  const moment = new Date(`${day}T${hours}:${minutes}:${seconds}.${ms}${toOffset(zone)}`);
  if (Number.isNaN(moment.getTime())) return null;
  const written = moment.toISOString();
  return written.length === 24 ? written : null;
}

/** `+0530` and `+05` as `+05:30` and `+05:00`. */
const toOffset = (zone: string): string =>
  zone.length === 1 ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3).replace(':', '').padEnd(2, '0')}`;
