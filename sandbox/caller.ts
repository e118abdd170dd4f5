import type { IncomingHttpHeaders } from 'node:http';
import { ids } from './company/ids.ts';
import type { SandboxData } from './data.ts';
import type { Filter } from './filters.ts';
import { field, texts } from './records.ts';
import { forbidden, unauthorized } from './refusal.ts';

export const SANDBOX_USER_TOKEN = 'sandbox-user';
export const SANDBOX_ADMIN_TOKEN = 'sandbox-admin';
export const SANDBOX_USER_ID = ids.user('camila_rojas');
export const SANDBOX_ADMIN_ID = ids.user('ignacio_fuentes');

export interface Caller {
  readonly userId: string;
  /** In admin mode: an admin's token and `Admin: true`; an admin's token alone is not enough. */
  readonly admin: boolean;
}

/** @throws Refusal 401 without a known token, 403 where a user without the role asks for admin mode */
export function identify(headers: IncomingHttpHeaders): Caller {
  const admin = headers['admin'] === 'true';
  switch (headers.authorization) {
    case `Bearer ${SANDBOX_ADMIN_TOKEN}`:
      return { userId: SANDBOX_ADMIN_ID, admin };
    case `Bearer ${SANDBOX_USER_TOKEN}`:
      if (admin) throw forbidden();
      return { userId: SANDBOX_USER_ID, admin };
    default:
      throw unauthorized();
  }
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
