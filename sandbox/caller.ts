import type { IncomingHttpHeaders } from 'node:http';
import { companyId, ids } from './company/ids.ts';
import { OTHER_COMPANY_ID, otherId } from './company/other.ts';
import type { SandboxData } from './data.ts';
import type { Filter } from './filters.ts';
import { field, texts } from './records.ts';
import { forbidden, unauthorized } from './refusal.ts';
import { claimsOf } from './token.ts';

export const SANDBOX_USER_TOKEN = 'sandbox-user';
export const SANDBOX_ADMIN_TOKEN = 'sandbox-admin';
/** A user of the other company. */
export const SANDBOX_USER_B_TOKEN = 'sandbox-user-b';
export const SANDBOX_COMPANY_ID = companyId;
export const SANDBOX_USER_ID = ids.user('camila_rojas');
export const SANDBOX_ADMIN_ID = ids.user('ignacio_fuentes');

export interface Caller {
  readonly userId: string;
  /** Whose quota the call is counted against, and whose records it sees. */
  readonly companyId: string;
  /** In admin mode: an admin's token and `Admin: true`; an admin's token alone is not enough. */
  readonly admin: boolean;
}

interface Person {
  readonly userId: string;
  readonly companyId: string;
  readonly mayAdmin: boolean;
}

const people = new Map<string, Person>([
  [
    SANDBOX_ADMIN_TOKEN,
    { userId: SANDBOX_ADMIN_ID, companyId: SANDBOX_COMPANY_ID, mayAdmin: true },
  ],
  [SANDBOX_USER_TOKEN, { userId: SANDBOX_USER_ID, companyId: SANDBOX_COMPANY_ID, mayAdmin: false }],
  [
    SANDBOX_USER_B_TOKEN,
    { userId: otherId(SANDBOX_USER_ID), companyId: OTHER_COMPANY_ID, mayAdmin: false },
  ],
]);

/** The person whom a token stands for: one of the plain words, or a token of `sandboxToken`. */
function personOf(token: string): Person | undefined {
  const person = people.get(token);
  if (person) return person;
  const claims = claimsOf(token);
  return claims && { userId: claims.sub, companyId: claims.company, mayAdmin: false };
}

/** @throws Refusal 401 without a known token, 403 where a user without the role asks for admin mode */
export function identify(headers: IncomingHttpHeaders): Caller {
  const caller = known(headers);
  if (!caller) throw unauthorized();
  const admin = headers['admin'] === 'true';
  if (admin && !caller.mayAdmin) throw forbidden();
  return { userId: caller.userId, companyId: caller.companyId, admin };
}

/** The company that a call is counted against; undefined: the token is none, so the call costs no company. */
export const companyOf = (headers: IncomingHttpHeaders): string | undefined =>
  known(headers)?.companyId;

function known({ authorization = '' }: IncomingHttpHeaders): Person | undefined {
  const [, token] = /^Bearer (.+)$/.exec(authorization) ?? [];
  return token === undefined ? undefined : personOf(token);
}

/** Whether the caller sees the group that the record names in `name`; a record that names none shows. */
export function seesGroup(caller: Caller, data: SandboxData, name: string): Filter {
  const hidden: ReadonlySet<unknown> = caller.admin ? new Set() : data.adminOnlyGroupIds;
  return (record) => !hidden.has(field(record, name));
}

/** A task with a `visibility` list shows to the people on it, and in admin mode. */
export function seesTask(caller: Caller): Filter {
  return (record) => {
    const visibility = texts(record, 'visibility');
    return caller.admin || visibility.length === 0 || visibility.includes(caller.userId);
  };
}
