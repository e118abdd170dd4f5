import type { Request } from 'playwright-core';
import { expect, test } from '@jest/globals';
import type { SandboxCall } from '../../sandbox/index.ts';
import { type Events, subscribe } from '../support/events.ts';
import { asks, expectCount, useWebStage } from '../support/web-stage.ts';

const stage = useWebStage({ live: { pollMs: 100, maxSubscriptions: 2 } });
const { signIn, entry, open, title, problem, expectFocus, screenshot } = stage;

/** Renames a group, as of now. */
function rename(name: string, to: string): void {
  const group = stage.sandbox.data.groups.find((it) => (it['nameDisplay'] ?? it['name']) === name);
  if (group === undefined) throw new Error(`there is no group ${name}`);
  Object.assign(group, { nameDisplay: to, modifiedAt: new Date().toISOString() });
}

const isSubscription = asks('subscription GroupChanged');
/** Where a subscription begins. */
const afterOf = (request: Request): string | null => {
  const { variables } = request.postDataJSON() as { variables: { after: string | null } };
  return variables.after;
};
const nextSubscription = (): Promise<Request> =>
  stage.page.waitForEvent('request', { predicate: isSubscription });

/** Resolves once the gateway has answered that it is subscribed. */
async function beginLive(): Promise<void> {
  const begun = stage.page.waitForResponse((response) => isSubscription(response.request()));
  await signIn();
  expect((await begun).status()).toBe(200);
  await entry('Proveedores').waitFor();
}

test('shows what changes in the menu, where a person is in it', async () => {
  await beginLive();
  await entry('Operaciones').focus();
  await stage.page.keyboard.press('ArrowRight');
  rename('Proveedores', 'Suppliers');
  rename('Sala de Control', 'Control Room');
  await entry('Suppliers').waitFor();
  await entry('Control Room').waitFor();
  await expectFocus(entry('Operaciones'));
});

test('shows what changes in the heading and the title of the open group, and keeps its lists', async () => {
  await beginLive();
  await open('Operaciones', 'Sala de Control');
  await expectCount(stage.page.locator('.channel'), 20);
  await stage.page.getByRole('button', { name: 'Load more' }).click();
  await expectCount(stage.page.locator('.channel'), 25);
  rename('Sala de Control', 'Control Room');
  await title('Control Room').waitFor();
  await entry('Control Room').waitFor();
  expect(await stage.page.title()).toBe('Control Room – Cotalker menu');
  await expectCount(stage.page.locator('.channel'), 25);
  await screenshot('live', { height: 300, at: title('Control Room') });
});

test('goes on behind the last change where the stream has ended, or the page was hidden', async () => {
  await beginLive();
  rename('Proveedores', 'Suppliers');
  await entry('Suppliers').waitFor();

  let again = nextSubscription();
  stage.sandbox.fail({ template: '/v2/groups', status: 403 });
  const afterFirst = afterOf(await again);
  expect(afterFirst).toEqual(expect.any(String));
  stage.sandbox.reset();
  rename('Suppliers', 'Vendors');
  await entry('Vendors').waitFor();
  expect(await stage.page.getByRole('alert').count()).toBe(0);

  const setHidden = (isHidden: boolean) =>
    stage.page.evaluate(
      `Object.defineProperty(document, 'hidden', { value: ${isHidden}, configurable: true });
       document.dispatchEvent(new Event('visibilitychange'))`,
    );
  const left = stage.page.waitForEvent('requestfailed', { predicate: isSubscription });
  await setHidden(true);
  await left;
  rename('Vendors', 'Proveedores');
  again = nextSubscription();
  await setHidden(false);
  expect(afterOf(await again)).not.toBe(afterFirst);
  await entry('Proveedores').waitFor();
});

test('does without where it is refused, and joins once there is a place', async () => {
  const others: Events[] = [];
  // Of the page before, a place may not be free yet.
  while (others.length < 2) {
    const events = await subscribe(stage.app.url, 'subscription { groupChanged { cursor } }');
    if (events.status === 200) others.push(events);
    else events.leave();
  }
  const refused = stage.page.waitForResponse((response) => isSubscription(response.request()));
  await signIn();
  expect((await refused).status()).toBe(503);
  await entry('Proveedores').waitFor();
  expect(await stage.page.getByRole('alert').count()).toBe(0);

  // It cannot know what it misses meanwhile, so it asks for the whole menu when it is let in.
  rename('Proveedores', 'Suppliers');
  for (const events of others) events.leave();
  await entry('Suppliers').waitFor();
  rename('Suppliers', 'Vendors');
  await entry('Vendors').waitFor();
  expect(stage.takeComplaints().filter((complaint) => !complaint.includes('503'))).toEqual([]);
});

test('keeps the menu where asking for it again fails', async () => {
  await beginLive();
  rename('Proveedores', 'Suppliers');
  // What follows the list asks for what has changed since.
  const matches = ({ query }: SandboxCall) => query.every(([key]) => key !== 'modified_gte');
  stage.sandbox.fail({ template: '/v2/groups', status: 503, matches });
  await problem('UPSTREAM_UNAVAILABLE').waitFor();
  // It knows what a group is called that cannot be read.
  await open('Proveedores');
  await title('Proveedores').waitFor();
  const [main, menu] = (['main', 'navigation'] as const).map((role) => stage.page.getByRole(role));
  await main?.getByRole('alert').waitFor();
  stage.sandbox.reset();
  await main?.getByRole('button', { name: 'Try again' }).click();
  await title('Suppliers').waitFor();
  await menu?.getByRole('button', { name: 'Try again' }).click();
  await entry('Suppliers').waitFor();
  await problem('UPSTREAM_UNAVAILABLE').waitFor({ state: 'detached' });
});

test('shows what a group is before its lists are there', async () => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  stage.sandbox.fail({ template: '/v2/task-groups/{id}/tasks', until: promise });
  await signIn();
  await open('Operaciones', 'Obras en Terreno');
  await title('Obras en Terreno').waitFor();
  expect(await stage.page.locator('.task-card').count()).toBe(0);
  await stage.page.getByText('Loading…').waitFor();
  await expectFocus(title('Obras en Terreno'));
  resolve(undefined);
  await stage.page.locator('.task-card').first().waitFor();
  expect(await stage.page.getByText('Loading…').count()).toBe(0);
});

test('says so where the lists do not come, and asks again', async () => {
  // The real answer, without its last part.
  await stage.page.route('**/graphql', async (route) => {
    if (!asks('query Group(')(route.request())) return route.continue();
    const response = await route.fetch();
    const body = await response.text();
    const end = body.lastIndexOf('\r\n---', body.indexOf('"incremental"')) + 5;
    return route.fulfill({ response, body: body.slice(0, end) });
  });
  await signIn();
  await open('Operaciones', 'Obras en Terreno');
  await title('Obras en Terreno').waitFor();
  await problem('GATEWAY_UNREACHABLE').waitFor();
  await stage.page.unroute('**/graphql');
  await stage.page.getByRole('button', { name: 'Try again' }).click();
  await expectCount(stage.page.locator('.task-card'), 60);
  expect(await stage.page.getByRole('alert').count()).toBe(0);
});
