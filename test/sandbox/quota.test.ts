import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import {
  createSandbox,
  DOCUMENTED_QUOTA,
  OTHER_COMPANY_ID,
  type Sandbox,
  SANDBOX_COMPANY_ID,
  sandboxToken,
} from '../../sandbox/index.ts';

let now = 0;
let sandbox: Sandbox;
beforeEach(async () => {
  now = 1000;
  sandbox = await createSandbox({ quota: DOCUMENTED_QUOTA, now: () => now });
});
afterEach(() => sandbox.close());

const call = (token: string): Promise<Response> =>
  fetch(`${sandbox.url}/v2/groups?limit=1&isActive=true`, {
    headers: { authorization: `Bearer ${token}` },
  });

async function spend(token: string, calls: number): Promise<number[]> {
  const answers = await Promise.all(Array.from({ length: calls }, () => call(token)));
  return answers.map(({ status }) => status);
}

describe('the quota of a company', () => {
  test('50 calls in 5 s, whoever of it calls; then 429 until the window ends', async () => {
    const colleague = sandboxToken({ company: SANDBOX_COMPANY_ID, sub: 'someone' });
    expect(new Set(await spend('sandbox-user', 25))).toEqual(new Set([200]));
    expect(new Set(await spend(colleague, 25))).toEqual(new Set([200]));
    now += 1500;
    const refused = await call('sandbox-admin');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('4');
    now += 3499;
    expect((await call('sandbox-user')).status).toBe(429);
    now += 1;
    expect((await call('sandbox-user')).status).toBe(200);
  });

  test('is no concern of the other company', async () => {
    await spend('sandbox-user', 51);
    expect((await call('sandbox-user')).status).toBe(429);
    expect((await call('sandbox-user-b')).status).toBe(200);
  });

  test('costs nothing for a forged token that claims the company', async () => {
    const forged = sandboxToken({ company: SANDBOX_COMPANY_ID, sub: 'x' }).replace(
      /\w+$/,
      'forged',
    );
    expect(new Set(await spend(forged, 60))).toEqual(new Set([401]));
    expect((await call('sandbox-user')).status).toBe(200);
  });

  test('is off unless it is asked for', async () => {
    sandbox.quota = undefined;
    expect(new Set(await spend('sandbox-user', 60))).toEqual(new Set([200]));
  });
});

test('the companies share no id', async () => {
  const idOf = async (token: string): Promise<unknown> => {
    const body: unknown = await (await call(token)).json();
    return JSON.stringify(body).match(/"_id":"(\w+)"/)?.[1];
  };
  const other = sandboxToken({ company: OTHER_COMPANY_ID, sub: 'someone' });
  expect(await idOf('sandbox-user-b')).toBe(await idOf(other));
  expect(await idOf('sandbox-user-b')).not.toBe(await idOf('sandbox-user'));
});
