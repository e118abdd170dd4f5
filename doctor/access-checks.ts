import { readEntity } from '../src/cotalker/records/envelope.ts';
import { getGroup, listGroups } from '../src/cotalker/endpoints/groups.ts';
import { groupRecord } from '../src/cotalker/records/group.ts';
import { readRateLimit } from '../src/cotalker/wire/rate-limit.ts';
import { broken, type Check, given, held, some, Unmet } from './check.ts';
import { idsOf, readListing, readReply, statusOf } from './reading.ts';
import type { Survey } from './survey.ts';
import { capital, count } from './text.ts';

/** Is no token of anybody's. */
const WRONG_TOKEN = 'wrong-on-purpose';

const authentication: Check = {
  id: 'authentication',
  title: 'A token that is wrong is answered 401',
  holds: 'front ends learn from UNAUTHENTICATED that it is time to sign in again.',
  breaks: 'front ends do not learn that it is time to sign in again.',
  look: async (survey) => {
    await given(survey.groups(), 'groups');
    const reply = await survey.ask(
      (session) => listGroups(session, { isActive: 'true' }, { page: 1, limit: 1 }),
      { token: WRONG_TOKEN },
    );
    const status = statusOf(reply);
    return (status === 401 ? held : broken)(`A made-up token was answered ${status}.`);
  },
};

const adminDemanded: Check = {
  id: 'admin-demanded',
  title: 'GET /v2/groups/{id} without Admin: true is answered 403',
  holds: 'there is no cheaper way to a group than to list them all.',
  breaks: 'group(id:) lists all groups, where one call may be enough.',
  look: async (survey) => {
    const id = await anyGroup(survey);
    const status = statusOf(await survey.ask((session) => getGroup(session, id)));
    return (status === 403 ? held : broken)(`A group of the list was answered ${status}.`);
  },
};

const adminGroup: Check = {
  id: 'admin-group',
  title: 'GET /v2/groups/{id} with Admin: true answers {"data": {…}} with that group',
  holds: 'group(id:) takes one call in admin mode.',
  breaks: 'group(id:) fails in admin mode.',
  look: async (survey) => {
    expectAdmin(survey);
    const id = await anyGroup(survey);
    const reply = await survey.ask((session) => getGroup(session, id), { admin: true });
    readReply(reply, (body) => readEntity(body, id, groupRecord));
    return held('A group of the list came by its id.');
  },
};

const adminWidens: Check = {
  id: 'admin-widens',
  title: 'Admin: true shows more groups, or as many, and hides none',
  holds: 'callers in admin mode see all that they see without.',
  breaks: 'callers in admin mode miss groups.',
  look: async (survey) => {
    expectAdmin(survey);
    const usual = await some(survey.groups(), 'groups');
    const page = { page: 1, limit: (await survey.limit()).taken };
    const reply = await survey.ask((session) => listGroups(session, { isActive: 'all' }, page), {
      admin: true,
    });
    const wide = readListing(reply, ['groups'], groupRecord, survey.learnt.counts?.groups);
    const shown = idsOf(wide);
    const hidden = [...idsOf(usual)].filter((id) => !shown.has(id)).length;
    if (hidden > 0 && wide.isWhole)
      return broken(`It hides ${count(hidden, 'groups')} that show without.`);
    return held(`${count(wide.items.length, 'groups')} with it, ${usual.items.length} without.`);
  },
};

/** Names that no edition of the draft has, under which services tell of limits all the same. */
const HABITS = ['x-ratelimit', 'x-rate-limit']
  .flatMap((name) => [name, ...['limit', 'remaining', 'reset'].map((part) => `${name}-${part}`)])
  .concat('retry-after');

const limits: Check = {
  id: 'limits-of-use',
  title: 'Limits of use are the documented ones, or headers tell of them',
  holds: '50 calls in 5 seconds of a company are what there is to share.',
  breaks: 'calls are answered 429 earlier than they need be.',
  look: async (survey) => {
    const headers = await given(survey.askHeaders(), 'headers');
    const stated = readRateLimit((name) => headers.get(name) ?? undefined);
    const told = [
      ...(stated?.policies ?? []).map(
        ({ calls, windowMs }) => `RateLimit says ${calls} calls in ${windowMs / 1000} s`,
      ),
      ...(stated?.left ? [`${stated.left.calls} are left for ${stated.left.ms / 1000} s`] : []),
      // Of what a service writes, only numbers are repeated.
      ...HABITS.flatMap((name) => {
        const numbers = headers.get(name)?.match(/\b\d{1,9}\b/g);
        return numbers ? [`${name} says ${numbers.join(' ')}`] : [];
      }),
    ];
    return held(told.length === 0 ? 'No header tells of any.' : `${capital(told.join(', '))}.`);
  },
};

function expectAdmin({ admin }: Survey): void {
  if (!admin) throw new Unmet('Not looked at: that takes --admin, and the token of an admin.');
}

async function anyGroup(survey: Survey): Promise<string> {
  const [group] = (await some(survey.groups(), 'groups')).records;
  return group?._id ?? '';
}

export const accessChecks: readonly Check[] = [
  authentication,
  adminDemanded,
  adminGroup,
  adminWidens,
  limits,
];
