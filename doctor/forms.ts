/*
 * In which forms the values of records come. Only fields that the sheet names are looked at, so that no name of a
 * field is told that a service has made up.
 */

const DATES = [
  ...['createdAt', 'modifiedAt', 'startDate', 'endDate', 'resolutionDate', 'closedAt'],
  ...['modifiedStateAt', 'date'],
];
const OTHERS = [
  ...['parent', 'group', 'initialStateMachine', 'botUser', 'initialState', 'property', 'assignee'],
  ...['createdBy', 'channel', 'smState', 'status', 'requiredSurvey', 'sender', 'sentBy'],
  ...['small', 'square', 'original'],
];
const FIELDS: ReadonlySet<string> = new Set([...DATES, ...OTHERS]);
/** What holds such fields in turn. */
const PARTS: ReadonlySet<string> = new Set(['lastMessage', 'image', 'avatar', 'next']);

/** `odd`: of a date that is none of these. */
export type Form = 'iso' | 'epoch' | 'empty' | 'null' | 'odd';

/** A form that a field comes in, such as `lastMessage.createdAt`. */
export interface Found {
  readonly field: string;
  readonly form: Form;
}

/** The forms of all fields of records that are named above, each once. */
export function formsOf(records: readonly unknown[]): readonly Found[] {
  const found = new Map<string, Found>();
  for (const record of records) {
    for (const one of ofRecord(record, '')) found.set(`${one.field} ${one.form}`, one);
  }
  return [...found.values()];
}

export const fieldsOf = (found: readonly Found[], sought: Form): string[] =>
  found.filter(({ form }) => form === sought).map(({ field }) => field);

function ofRecord(record: unknown, prefix: string): Found[] {
  if (Array.isArray(record)) return record.flatMap((one) => ofRecord(one, prefix));
  if (typeof record !== 'object' || record === null) return [];
  return Object.entries(record).flatMap(([name, value]) => {
    if (PARTS.has(name)) return ofRecord(value, `${prefix}${name}.`);
    const form = FIELDS.has(name) ? formOf(name, value) : undefined;
    return form === undefined ? [] : [{ field: prefix + name, form }];
  });
}

function formOf(name: string, value: unknown): Form | undefined {
  if (value === null) return 'null';
  if (value === '') return 'empty';
  if (!DATES.includes(name)) return undefined;
  if (typeof value === 'number') return 'epoch';
  const isDate = typeof value === 'string' && /^\d{4}-/.test(value);
  return isDate && !Number.isNaN(Date.parse(value)) ? 'iso' : 'odd';
}
