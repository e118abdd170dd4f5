import { seesGroup } from '../caller.ts';
import { byIds, where } from '../filters.ts';
import { date, flag, positiveInteger } from '../query.ts';
import { time } from '../records.ts';
import type { Readings } from '../readings.ts';
import { badRequest } from '../refusal.ts';
import { endpoint, find, type Asked, single } from './endpoint.ts';

const parameters = { until: flag, mpp: positiveInteger };

/** How many a page holds where `mpp` is not sent, and where it is not looked at. */
const DEFAULT_PAGE = 50;
const OWN_PAGE = 20;

/** Both calls of the sheet, section 6: all that changed since, and the same backwards in pages. */
export const messageEndpoints = [
  endpoint('/v1/messages/channel/{id}/modified/{moment}', parameters, (asked) => {
    const { caller, data, id, readings } = asked;
    find(where(data.channels, seesGroup(caller, data, 'group')), id, 'channel');
    const all = where(data.messages, byIds('channel', [id])).toSorted(
      (a, b) => (time(a, 'modifiedAt') ?? 0) - (time(b, 'modifiedAt') ?? 0),
    );
    const found = isBackwards(asked) ? until(all, asked) : since(all, asked);
    const shown = readings.messagesOrder === 'oldestFirst' ? found : found.toReversed();
    const sent = shown.map((one) => single('messages', one, asked));
    return readings.messagesEnvelope === 'bare' ? sent : { data: sent };
  }),
];

const isBackwards = ({ query, rest, readings }: Asked<typeof parameters>): boolean =>
  /^\d+$/.test(rest[0] ?? '') && query.until === 'false' && readings.messagesBack === 'there';

/** Whether a message changed by the side of a moment that is asked for; the readings tell of the moment itself. */
function isBeyond(at: number | undefined, bound: number, sign: 1 | -1, readings: Readings) {
  const distance = at === undefined ? NaN : sign * (at - bound);
  return readings.messagesBoundary === 'inclusive' ? distance >= 0 : distance > 0;
}

function since(all: readonly unknown[], { rest, readings }: Asked<typeof parameters>): unknown[] {
  const bound = momentOf(rest[0] ?? '', readings);
  return all.filter((one) => isBeyond(time(one, 'modifiedAt'), bound, 1, readings));
}

function until(all: readonly unknown[], asked: Asked<typeof parameters>): unknown[] {
  const { query, rest, readings, cap } = asked;
  const bound = momentOf(rest[0] ?? '', readings);
  const size = readings.mpp === 'asked' ? (query.mpp ?? DEFAULT_PAGE) : OWN_PAGE;
  return all
    .filter((one) => isBeyond(time(one, 'modifiedAt'), bound, -1, readings))
    .slice(-Math.min(size, cap));
}

/** ISO 8601 or epoch milliseconds. @throws Refusal 400 for anything else */
function momentOf(text: string, { messagesBack }: Readings): number {
  if (/^\d{1,15}$/.test(text) && messagesBack !== 'refused') return Number(text);
  const moment = date.read([text]);
  if (moment === undefined) throw badRequest('modified', `must be ${date.expects}`);
  return moment;
}
