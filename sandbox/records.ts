import type { RawRecord } from './data.ts';

export const isRecord = (value: unknown): value is RawRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The fields of a record that may be anything at all: a test plants `null` or a string for a record. */
export function field(record: unknown, name: string): unknown {
  if (typeof record !== 'object' || record === null) return undefined;
  return (record as Record<string, unknown>)[name];
}

export function text(record: unknown, ...names: string[]): string | undefined {
  for (const name of names) {
    const value = field(record, name);
    if (typeof value === 'string') return value;
  }
  return undefined;
}

export function texts(record: unknown, name: string): string[] {
  const value = field(record, name);
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** Milliseconds since the epoch; undefined where the record has no such date, or one nobody can read. */
export function time(record: unknown, name: string): number | undefined {
  const parsed = Date.parse(text(record, name) ?? '');
  return Number.isNaN(parsed) ? undefined : parsed;
}
