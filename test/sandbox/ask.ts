import {
  type RawRecord,
  type Sandbox,
  SANDBOX_ADMIN_TOKEN,
  SANDBOX_USER_TOKEN,
} from '../../sandbox/index.ts';

export const user = { authorization: `Bearer ${SANDBOX_USER_TOKEN}` };
export const admin = { authorization: `Bearer ${SANDBOX_ADMIN_TOKEN}`, admin: 'true' };

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

export async function ask(
  sandbox: Sandbox,
  path: string,
  headers: Record<string, string> = user,
  method = 'GET',
): Promise<Reply> {
  const response = await fetch(sandbox.url + path, { headers, method });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

export async function data(
  sandbox: Sandbox,
  path: string,
  headers: Record<string, string> = user,
): Promise<Record<string, unknown>> {
  const { status, text } = await ask(sandbox, path, headers);
  if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  return (JSON.parse(text) as { data: Record<string, unknown> }).data;
}

/** The records of a collection; its name in the envelope is the only one that holds an array. */
export async function records(
  sandbox: Sandbox,
  path: string,
  headers: Record<string, string> = user,
): Promise<RawRecord[]> {
  const found = Object.values(await data(sandbox, path, headers)).filter(Array.isArray);
  if (found.length !== 1) throw new Error(`${path}: ${found.length} arrays`);
  return found[0] as RawRecord[];
}

export const idsOf = (list: readonly RawRecord[]): unknown[] => list.map((record) => record['_id']);
