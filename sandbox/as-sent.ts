import type { RawRecord, SandboxData } from './data.ts';
import { isRecord } from './records.ts';
import type { Readings } from './readings.ts';

export type Kind = Exclude<keyof SandboxData, 'adminOnlyGroupIds'>;

/** The ids and dates of each kind that may be missing (sheet, section 3). */
const IDS_AND_DATES: Readonly<Record<Kind, readonly string[]>> = {
  groups: ['parent', 'modifiedAt'],
  channels: ['group', 'modifiedAt'],
  taskGroups: ['initialStateMachine', 'botUser', 'modifiedAt'],
  stateMachines: ['initialState', 'propertyType'],
  states: ['property', 'modifiedAt'],
  tasks: [
    ...['smState', 'status', 'status1', 'asset', 'assignee', 'createdBy', 'channel', 'parent'],
    ...['startDate', 'endDate', 'resolutionDate', 'closedAt', 'modifiedStateAt'],
  ],
  messages: ['sentBy'],
  properties: [],
  users: [],
};
const PICTURES: Readonly<Partial<Record<Kind, string>>> = { channels: 'image', users: 'avatar' };

/**
 * A record in the form that the readings give it. Tests plant malformed ones: what is no record is sent as it is.
 */
export function asSent(
  kind: Kind,
  record: unknown,
  data: SandboxData,
  readings: Readings,
): unknown {
  if (!isRecord(record)) return record;
  const sent = { ...record };
  if (kind === 'channels') sent['lastMessage'] = message(sent['lastMessage'], readings);
  if (kind === 'messages' && readings.messagesCreatedAt === 'iso')
    sent['createdAt'] = new Date(sent['createdAt'] as number).toISOString();
  if (kind === 'states') Object.assign(sent, state(record, data, readings));
  if (readings.statesName === 'none' && (kind === 'states' || kind === 'stateMachines'))
    delete sent['taskGroup'];
  fillMissing(sent, kind, readings);
  return readings.dates === 'epoch' ? withEpochDates(sent) : sent;
}

function fillMissing(record: RawRecord, kind: Kind, { missing }: Readings): void {
  if (missing === 'absent') return;
  const isEmpty = missing === 'empty';
  for (const name of IDS_AND_DATES[kind]) record[name] ??= isEmpty ? '' : null;
  const picture = PICTURES[kind];
  if (picture !== undefined)
    record[picture] ??= isEmpty ? { small: '', square: '', original: '' } : null;
}

/** `lastMessage` in the older form (`date`, `sender`), or the newer one (`createdAt`, `sentBy`). */
function message(value: unknown, { messages }: Readings): unknown {
  if (!isRecord(value) || messages === 'mixed') return value;
  const { date, createdAt, sender, sentBy, ...rest } = value;
  const moment = new Date((date ?? createdAt) as string | number);
  return messages === 'older'
    ? { ...rest, date: moment.toISOString(), sender: sender ?? sentBy }
    : { ...rest, createdAt: moment.getTime(), sentBy: sender ?? sentBy };
}

function state(record: RawRecord, data: SandboxData, readings: Readings): RawRecord {
  const { property, next } = record;
  return {
    ...(property !== undefined && { property: propertyOf(property, data, readings) }),
    ...(Array.isArray(next) && { next: next.map((one) => transition(one, readings)) }),
  };
}

function propertyOf(property: unknown, { properties }: SandboxData, readings: Readings): unknown {
  if (readings.property === 'mixed') return property;
  const id = isRecord(property) ? property['_id'] : property;
  const full = properties.find((one) => one['_id'] === id);
  if (readings.property === 'id' || full === undefined) return id;
  // As SDK types have it: the name a plain string.
  const { name, display, code, ...rest } = full;
  const names = isRecord(name) ? name : { display, code };
  return { ...rest, name: names['display'], code: names['code'], translations: {} };
}

function transition(value: unknown, { triggers, missing }: Readings): unknown {
  if (!isRecord(value)) return value;
  const { canChange, requiredSurvey } = value;
  const byPerson = (trigger: unknown): boolean => trigger === 'manual' || trigger === 'task-ui';
  return {
    ...value,
    ...(Array.isArray(canChange) &&
      triggers !== 'mixed' && {
        canChange: canChange.map((trigger: unknown) => (byPerson(trigger) ? triggers : trigger)),
      }),
    ...(missing === 'empty' && { requiredSurvey: requiredSurvey ?? '' }),
  };
}

const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

/** The record with each date in it as a number; a date is where its name says so. */
function withEpochDates(value: unknown, name = ''): unknown {
  if (typeof value === 'string')
    return /(At|Date|^date)$/.test(name) && ISO.test(value) ? Date.parse(value) : value;
  if (Array.isArray(value)) return value.map((one) => withEpochDates(one));
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, withEpochDates(one, key)]);
  return Object.fromEntries(entries);
}
