import { createHmac, randomUUID } from 'node:crypto';
import { askInTime } from '../../redis/ask.ts';
import type { Redis } from '../../redis/connection.ts';
import type { Quota } from './pace.ts';

/** What an instance tells of its calls of a company, and asks for. Times are milliseconds from now on. */
export interface Statement {
  /** When the place of each call that was answered comes free. */
  readonly spent: readonly number[];
  /** Calls that have a turn, or a place that was granted before. */
  readonly held: number;
  /** Until when `held` counts unless it is told anew. */
  readonly heldMs: number;
  /** Further places that it could use now. */
  readonly wanted: number;
  /** Places to leave free: the instance expects calls of new tokens, which ask for none. */
  readonly kept: number;
  /** The company's calls in a window, as the instance knows it. */
  readonly limit: number;
  /** Whether it has learnt that since it was told so: by a 429, by a rise, or as a 429 held no more. */
  readonly isLearnt: boolean;
  /** The version of the limit that it was told last; 0 where it was told none. */
  readonly version: number;
  /** How long Cotalker has asked the company to wait. */
  readonly pauseMs: number;
}

/** What Redis tells an instance of a company. */
export interface Grant {
  /** How many of the places that it wants it may use. */
  readonly granted: number;
  /** How many places it may have in all, once others who have more than their part leave them. */
  readonly entitled: number;
  /** The places of the others, and how many of these are of calls that have gone through. */
  readonly others: number;
  readonly answered: number;
  readonly limit: number;
  /** How often the limit has changed. */
  readonly version: number;
  /** Milliseconds that no call may go. */
  readonly pauseMs: number;
  /** Milliseconds until the first place of the others comes free; undefined where they have none. */
  readonly nextMs: number | undefined;
  /** How many instances have places, or want some. */
  readonly instances: number;
}

/** @throws RedisError where Redis has not answered within 50 ms, or is left alone since it has not. */
export type AskForPlaces = (statement: Statement) => Promise<Grant>;

/** The number changes with what lies there. */
const PREFIX = 'cotalker-gateway:quota:3:';
/** What was learnt of a company's limit is used for this many windows. */
const KEPT_WINDOWS = 60;
/** What an instance wants counts for this part of a window; one that still waits asks again sooner. */
const WANTS_PART = 0.3;
/** The parts of a window that are told apart. */
const STEPS = 50;

/**
 * A company is a hash: its limit, until when it is paused, and what each instance has told last. An instance tells all of
 * its places each time. So nothing adds up to something wrong, and a Redis that has lost all knows it again at once.
 *
 * Places that are free go to whoever wants them. But while others want theirs, none gets more than its part: those who
 * want little get that, and the rest is shared equally. Times are the server's, since instances' clocks differ. It may be
 * set back: then time stands still until it has caught up, or, if that were longer than a window, all is told anew.
 *
 * A limit that an instance has learnt replaces the one that it knew, and any that is higher. One that it does not know yet
 * may be news of a 429.
 */
const GRANT = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local key, me, limit, isLearnt, version = KEYS[1], ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local spent, held, heldMs, wanted, kept = ARGV[5], tonumber(ARGV[6]), ARGV[7], tonumber(ARGV[8]), ARGV[9]
local pauseMs, wantsMs, keyMs, windowMs = tonumber(ARGV[10]), ARGV[11], ARGV[12], tonumber(ARGV[13])

local clock = tonumber(redis.call('HGET', key, 'clock') or 0)
if clock > now + windowMs then redis.call('DEL', key)
else now = math.max(now, clock) end
redis.call('HSET', key, 'clock', string.format('%.0f', now))

local known = redis.call('HGET', key, 'limit')
local agreed, current = string.match(known or '', '^(%d+) (%d+)$')
if not known then agreed, current = limit, version
elseif isLearnt == '1' and (version == current or tonumber(limit) < tonumber(agreed)) then
  agreed, current = limit, current + 1
end
redis.call('HSET', key, 'limit', string.format('%d %d', agreed, current))
limit = tonumber(agreed)
local pause = tonumber(redis.call('HGET', key, 'pause') or 0)
if now + pauseMs > pause and pauseMs > 0 then
  pause = now + pauseMs
  redis.call('HSET', key, 'pause', string.format('%.0f', pause))
end

local others, answered, first, wants = 0, 0, nil, {}
local all = redis.call('HGETALL', key)
for i = 1, #all, 2 do
  local id = all[i]
  if id ~= me and id ~= 'limit' and id ~= 'pause' and id ~= 'clock' then
    local wantsEnd, want, heldEnd, places, ends = string.match(all[i + 1], '^(%d+) (%d+) (%d+) (%d+)(.*)$')
    wantsEnd, want, heldEnd, places = tonumber(wantsEnd), tonumber(want), tonumber(heldEnd), tonumber(places)
    if heldEnd <= now then places = 0 end
    if places > 0 then first = math.min(first or heldEnd, heldEnd) end
    for at, count in string.gmatch(ends, '(%d+):(%d+)') do
      at = tonumber(at)
      if at > now then
        places = places + count
        answered = answered + count
        first = math.min(first or at, at)
      end
    end
    if wantsEnd <= now then want = 0 end
    if places == 0 and want == 0 then redis.call('HDEL', key, id)
    else
      others = others + places
      wants[#wants + 1] = math.max(places, want)
    end
  end
end

local mine, ends = held, ''
for ms, count in string.gmatch(spent, '(%d+):(%d+)') do
  mine = mine + count
  ends = ends .. string.format(' %.0f:%s', now + ms, count)
end
table.sort(wants)
local rest, sharing = limit, #wants + 1
for _, want in ipairs(wants) do
  if want * sharing > rest then break end
  rest = rest - want
  sharing = sharing - 1
end
local entitled = math.max(1, math.ceil(rest / sharing))
local granted = 0
if pause <= now then
  granted = math.max(0, math.min(wanted, entitled - mine, limit - kept - mine - others))
end

if mine + wanted > 0 then
  redis.call('HSET', key, me, string.format('%.0f %d %.0f %d%s',
    now + wantsMs, mine + wanted, now + heldMs, held + granted, ends))
else redis.call('HDEL', key, me) end
redis.call('PEXPIRE', key, keyMs)
return { granted, entitled, others, answered, limit,
  math.max(0, pause - now), first and first - now or -1, #wants + 1, tonumber(current) }
`;

/**
 * Shares the quotas of companies with all instances that have the same Redis and secret, and call the same Cotalker with
 * the same quota.
 *
 * @param secret What is in Redis names no company to whoever has it not.
 * @returns For a company, as its tokens name it, how to ask for places.
 */
export function createSharedQuotas(
  redis: Redis,
  { secret, origin }: { readonly secret: string; readonly origin: string },
  { calls, windowMs }: Quota,
): (company: string) => AskForPlaces {
  const me = randomUUID();
  const stepMs = Math.max(1, windowMs / STEPS);
  return (company) => {
    const facts = JSON.stringify(['quota', origin, calls, windowMs, company]);
    const key = PREFIX + createHmac('sha256', secret).update(facts).digest('base64url');
    return async ({ spent, held, heldMs, wanted, kept, limit, isLearnt, pauseMs, version }) => {
      const agreed = [limit, isLearnt ? 1 : 0, version];
      const places = [inSteps(spent, stepMs), held, heldMs, wanted, kept];
      const times = [pauseMs, windowMs * WANTS_PART, windowMs * KEPT_WINDOWS, windowMs];
      const args = [me, ...agreed, ...places, ...times].map((arg) =>
        typeof arg === 'number' ? String(Math.ceil(arg)) : arg,
      );
      const reply = await askInTime(redis, 'quota', ['EVAL', GRANT, '1', key, ...args]);
      return readGrant(reply as number[]);
    };
  };
}

/** Such as `100:3 200:1`: how many end by when. */
function inSteps(times: readonly number[], stepMs: number): string {
  const counts = new Map<number, number>();
  for (const ms of times) {
    const end = Math.ceil(Math.ceil(ms / stepMs) * stepMs);
    counts.set(end, (counts.get(end) ?? 0) + 1);
  }
  return [...counts].map(([end, count]) => `${end}:${count}`).join(' ');
}

function readGrant(reply: readonly number[]): Grant {
  const [granted = 0, entitled = 1, others = 0, answered = 0, limit = 1] = reply;
  const [pauseMs = 0, nextMs = -1, instances = 1, version = 0] = reply.slice(5);
  const next = nextMs < 0 ? undefined : nextMs;
  return { granted, entitled, others, answered, limit, version, pauseMs, nextMs: next, instances };
}
