import { expect, test } from '@jest/globals';
import { objectId, planted, type RawRecord, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import { asks, expectCount, useWebStage } from '../support/web-stage.ts';

const stage = useWebStage({ live: { pollMs: 100, maxSubscriptions: 10 } });
const { signIn, open, title, problem, expectFocus, screenshot } = stage;

const HISTORY = '/v1/messages/channel/{id}/modified/{moment}';

const messages = () => stage.page.getByRole('group', { name: 'Messages' }).getByRole('listitem');
const isSubscription = asks('subscription ChannelChanged');
const older = () => stage.page.getByRole('button', { name: 'Load older messages' });
const ofChannel = (id: string) =>
  stage.sandbox.data.messages.filter(({ channel }) => channel === id);

/** The channel with a long history, by its address in a group that the menu does not need to show. */
async function openChannel(id = planted.messages.channel): Promise<void> {
  const group = stage.sandbox.data.channels.find(({ _id }) => _id === id)?.['group'];
  await stage.page.evaluate(`location.hash = '#/group/${String(group)}/channel/${id}'`);
}

/** Somebody else writes in a channel, as of now. */
function write(content: string, more: RawRecord = {}): RawRecord {
  const message = {
    _id: objectId('message', content),
    channel: planted.messages.channel,
    sentBy: SANDBOX_USER_ID,
    content,
    contentType: 'text/plain',
    createdAt: Date.now(),
    modifiedAt: new Date().toISOString(),
    ...more,
  };
  stage.sandbox.data.messages.push(message);
  return message;
}

test('shows what was said in a channel, from its newest message up to its first', async () => {
  await signIn();
  await open('Operaciones', 'Obras en Terreno');
  await stage.page.getByRole('link', { name: 'Cuadrilla Norte' }).click();
  await expectFocus(title('Cuadrilla Norte'));
  await stage.page.getByText('Channel in Obras en Terreno').waitFor();
  await older().waitFor();
  await messages().last().waitFor();
  expect(await messages().last().evaluate(isInSight)).toBe(true);
  await screenshot('chat', { height: 560 });

  const all = ofChannel(planted.messages.channel).length;
  let known = await messages().count();
  while ((await older().count()) > 0) {
    await older().scrollIntoViewIfNeeded();
    const first = messages().first();
    const text = await first.textContent();
    const place = await first.boundingBox();
    await older().click();
    await messages().nth(known).waitFor({ state: 'attached' });
    const now = await messages().count();
    const former = messages().nth(now - known);
    // Where somebody reads, nothing moves, and reading goes on upwards from there.
    expect(await former.textContent()).toBe(text);
    expect((await former.boundingBox())?.y).toBeCloseTo(place?.y ?? NaN, 0);
    await expectFocus(messages().nth(now - known - 1));
    known = now;
    await stage.page.getByText('Loading messages').waitFor({ state: 'detached' });
  }
  expect(known).toBe(all);
  const times = await messages()
    .locator('time')
    .evaluateAll((found: any[]) => found.map((it) => it.dateTime));
  expect(times).toHaveLength(all);
  expect(times).toEqual(times.toSorted());
});

const isInSight = (element: any): boolean => {
  const [inner, outer] = [element, element.closest('.chat-scroll')].map((it) =>
    it.getBoundingClientRect(),
  );
  return inner.top >= outer.top && inner.bottom <= outer.bottom;
};

test('shows each kind of message as what it is', async () => {
  await signIn();
  await openChannel();
  await older().waitFor();
  const list = stage.page.locator('.messages');
  const shown = await list.textContent();
  for (const text of ['Who has the key of the gate?', 'Turno B entra', 'An answered form'])
    expect(shown).toContain(text);
  for (const text of [
    'This message was removed.',
    'of a kind that this app does not show',
    'edited',
  ])
    expect(shown).toContain(text);
  // What Cotalker keeps of a file, and Markdown, are nothing to show.
  expect(shown).not.toMatch(/[{*]/);
  const hrefOf = (name: string) => list.getByRole('link', { name }).first().getAttribute('href');
  expect(await hrefOf('Plano 114.pdf')).toBe(
    'https://files.andina.example/documents/plano-114.pdf',
  );
  expect(await hrefOf('the plan')).toBe('https://files.andina.example/plans/114');
  expect(await hrefOf('Picture')).toContain('/photos/original/');
  expect(await list.getByTitle('Waits for the crane').first().textContent()).toContain('OT-7003');

  const content = JSON.stringify({ url: 'javascript:alert(1)', name: 'gift.exe' });
  write(content, { contentType: 'application/octet-stream' });
  const gift = messages().filter({ hasText: 'gift.exe' });
  await gift.getByText('not available').waitFor();
  expect(await gift.getByRole('link').count()).toBe(0);
});

test('follows what is written, changed and removed, and tells those who hear the page', async () => {
  await signIn();
  await openChannel();
  await older().waitFor();
  const sent = write('The crane is here.');
  const row = messages().filter({ hasText: 'The crane is here.' });
  await row.waitFor();
  expect(await messages().last().textContent()).toContain('The crane is here.');
  expect(await row.evaluate(isInSight)).toBe(true);
  const said = stage.page.getByRole('article').getByRole('status');
  await said.getByText(/: The crane is here\.$/).waitFor({ state: 'attached' });

  const count = await messages().count();
  const later = () => new Date(Date.now() + 2000).toISOString();
  Object.assign(sent, { content: 'The crane is late.', modifiedAt: later() });
  const changed = messages().filter({ hasText: 'The crane is late.' });
  await changed.getByText('edited').waitFor();
  Object.assign(sent, { isHidden: true, modifiedAt: later() });
  await messages().last().getByText('This message was removed.').waitFor();
  expect(await messages().count()).toBe(count);
  // It was said once.
  expect(await said.textContent()).toMatch(/: The crane is here\.$/);
});

test('misses nothing where the stream has ended', async () => {
  await signIn();
  await openChannel();
  await older().waitFor();
  write('One.');
  await messages().filter({ hasText: 'One.' }).waitFor();
  const again = stage.page.waitForEvent('request', { predicate: isSubscription });
  stage.sandbox.fail({ template: HISTORY, status: 403 });
  await again;
  write('Two.');
  stage.sandbox.reset();
  await messages().filter({ hasText: 'Two.' }).waitFor();
  expect(await stage.page.getByRole('alert').count()).toBe(0);
});

test('begins with an empty channel', async () => {
  const channel = planted.messages.channel;
  const { data } = stage.sandbox;
  data.messages = data.messages.filter((message) => message['channel'] !== channel);
  await signIn();
  const begun = stage.page.waitForResponse((response) => isSubscription(response.request()));
  await openChannel();
  await stage.page.getByText('No messages yet.').waitFor();
  // The stream that begins now knows of no message before it.
  expect((await begun).status()).toBe(200);
  write('Good morning.');
  await messages().filter({ hasText: 'Good morning.' }).waitFor();
  write('Good evening.');
  await messages().nth(1).waitFor();
  expect(await stage.page.getByText('No messages yet.').count()).toBe(0);
});

test('says what cannot be read, and asks for that again', async () => {
  stage.sandbox.fail({ template: HISTORY, status: 503 });
  await signIn();
  await openChannel();
  await title('Cuadrilla Norte').waitFor();
  await problem('UPSTREAM_UNAVAILABLE').waitFor();
  expect(await stage.page.getByText('No messages yet.').count()).toBe(0);
  stage.sandbox.reset();
  const main = stage.page.getByRole('main');
  await main.getByRole('button', { name: 'Try again' }).click();
  await older().waitFor();
  expect(await main.getByRole('alert').count()).toBe(0);

  const count = await messages().count();
  stage.sandbox.fail({ template: '/v2/channels/{id}', status: 503 });
  await older().click();
  await problem('UPSTREAM_UNAVAILABLE').waitFor();
  expect(await messages().count()).toBe(count);
  stage.sandbox.reset();
  await main.getByRole('button', { name: 'Try again' }).click();
  await messages().nth(count).waitFor({ state: 'attached' });
  expect(await main.getByRole('alert').count()).toBe(0);
});

test('says who has sent a message, where that can be read', async () => {
  stage.sandbox.fail({ template: '/v2/users', status: 503 });
  await signIn();
  await openChannel();
  await messages().first().getByText('not available').waitFor();
  await problem('UPSTREAM_UNAVAILABLE').waitFor();
  stage.sandbox.reset();
  const main = stage.page.getByRole('main');
  await main.getByRole('button', { name: 'Try again' }).click();
  await main.getByRole('alert').waitFor({ state: 'detached' });
  expect(await main.getByText('not available').count()).toBe(0);
  await older().click();
  await expectCount(older(), 1);
});

test('says so where there is no such channel', async () => {
  await signIn();
  await stage.page.evaluate(
    `location.hash = '#/group/${planted.groups.withActions}/channel/${'0'.repeat(24)}'`,
  );
  await title('Not found').waitFor();
  await stage.page.getByText('There is no such channel').waitFor();
});

test.each([390, 768, 1280])('fits, and scrolls by keyboard, at %i pixels', async (width) => {
  await stage.page.setViewportSize({ width, height: 700 });
  await signIn();
  await openChannel();
  await older().waitFor();
  const sizes = (selector: string) =>
    stage.page
      .locator(selector)
      .evaluate((it: any) => [it.scrollWidth, it.scrollHeight, it.clientWidth, it.clientHeight]);
  const [scrollWidth, scrollHeight, clientWidth, clientHeight] = await sizes('main');
  expect([scrollWidth, scrollHeight]).toEqual([clientWidth, clientHeight]);
  if (width === 390) await screenshot('chat-narrow', { width, height: 700 });
  const first = messages().first();
  expect(await first.evaluate(isInSight)).toBe(false);
  await stage.page.getByRole('group', { name: 'Messages' }).focus();
  while (!(await first.evaluate(isInSight))) await stage.page.keyboard.press('PageUp');
});
