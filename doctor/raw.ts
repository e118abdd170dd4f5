import { CotalkerError } from '../src/cotalker/errors.ts';
import { isObjectId } from '../src/cotalker/records/fields.ts';

/** What a record holds, as it came. */
export const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** The id that a field holds, or that of the record which it holds; undefined where there is none. */
export function idAt(value: unknown, name: string): string | undefined {
  const field = fieldOf(value, name);
  const id = typeof field === 'string' ? field : fieldOf(field, '_id');
  return typeof id === 'string' && isObjectId(id) ? id : undefined;
}

/** What a field was read to; null where it is missing, or could not be read. */
export const valueOf = <T>(field: T | CotalkerError | null | undefined): T | null =>
  field === undefined || field instanceof CotalkerError ? null : field;
