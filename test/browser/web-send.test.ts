import { describe, expect, test } from '@jest/globals';
import { planted, SANDBOX_USER_ID } from '../../sandbox/index.ts';
import { asks, expectCount, useWebStage } from '../support/web-stage.ts';

const stage = useWebStage({ live: { pollMs: 100, maxSubscriptions: 10 } });
const { signIn, problem, expectFocus, screenshot, holdBack } = stage;

const channel = planted.messages.channel;
const isWrite = ({ method }: { method: string }) => method === 'POST';
const writes = () => stage.sandbox.calls.filter(isWrite).length;
const box = () => stage.page.getByRole('textbox', { name: 'Message' });
const rows = (text: string) =>
  stage.page
    .getByRole('group', { name: 'Messages' })
    .getByRole('listitem')
    .filter({ hasText: text });
const untilSent = () => stage.page.getByRole('button', { name: 'Send', exact: true }).waitFor();

async function openChannel(): Promise<void> {
  await signIn();
  await stage.page.getByRole('treeitem').first().waitFor();
  const address = `#/group/${planted.groups.withActions}/channel/${channel}`;
  await stage.page.evaluate(`location.hash = '${address}'`);
  await stage.page.getByRole('button', { name: 'Load older messages' }).waitFor();
}

test('Enter sends what is written, once, and Shift and Enter begin a line', async () => {
  await openChannel();
  await box().fill('First line');
  await stage.page.keyboard.press('Shift+Enter');
  await stage.page.keyboard.type('second line');
  expect(writes()).toBe(0);
  await screenshot('send', { height: 560 });
  await stage.page.keyboard.press('Enter');
  await rows('First line\nsecond line').waitFor();
  // The stream may tell of it before the answer.
  await untilSent();
  await expectFocus(box());
  expect(await box().inputValue()).toBe('');
  // The stream tells of it in any case, so it must not show twice.
  const polls = () => stage.sandbox.calls.length;
  const now = polls();
  while (polls() < now + 3) await stage.page.waitForTimeout(50);
  await expectCount(rows('second line'), 1);
  expect(writes()).toBe(1);
  await box().press('Enter');
  await box().fill('   ');
  await box().press('Enter');
  expect(writes()).toBe(1);
});

test('pressing twice sends once', async () => {
  await openChannel();
  const sent = await holdBack('mutation SendMessage');
  await box().fill('Only once.');
  await box().press('Enter');
  await box().press('Enter');
  await stage.page.getByRole('button', { name: 'Sending…' }).dblclick();
  sent.goOn();
  await rows('Only once.').waitFor();
  await untilSent();
  await expectCount(rows('Only once.'), 1);
  expect([sent.count, writes()]).toEqual([1, 1]);
});

test('tells where nobody knows whether it was sent, and keeps the text', async () => {
  await openChannel();
  stage.sandbox.fail({ matches: isWrite, destroy: true, isDone: true });
  await box().fill('Is it there?');
  await box().press('Enter');
  await problem('OUTCOME_UNKNOWN').waitFor();
  expect(await box().inputValue()).toBe('Is it there?');
  // It was sent, and the stream tells so.
  await rows('Is it there?').waitFor();
  expect(writes()).toBe(1);
});

test.each([
  [403, 'Your account may not write in this channel.'],
  [404, 'The channel is not there any more'],
])('says why it is not sent, and keeps the text: %i', async (status, words) => {
  await openChannel();
  const heal = stage.sandbox.fail({ matches: isWrite, status });
  await box().fill('Hello?');
  await box().press('Enter');
  await stage.page.getByRole('alert').getByText(words).waitFor();
  expect(await box().inputValue()).toBe('Hello?');
  heal();
  await box().press('Enter');
  await rows('Hello?').waitFor();
  expect(await stage.page.getByRole('alert').count()).toBe(0);
});

describe('where members may not write', () => {
  const close = (owners: readonly string[]): void => {
    const record = stage.sandbox.data.channels.find(({ _id }) => _id === channel);
    Object.assign(record ?? {}, { settings: { write: 'none' }, groupOwnerIds: owners });
  };

  test('says so, and shows no box', async () => {
    close([]);
    const isOfViewer = asks('query Viewer');
    const known = stage.page.waitForResponse((response) => isOfViewer(response.request()));
    await openChannel();
    await (await known).finished();
    await stage.page.getByText('Members may not write here.', { exact: true }).waitFor();
    expect(await box().count()).toBe(0);
  });

  test('shows the box to those who administer the channel', async () => {
    close([SANDBOX_USER_ID]);
    await openChannel();
    await stage.page.getByText('Members may not write here. Those who administer').waitFor();
    await box().fill('The gate is open.');
    await box().press('Enter');
    await rows('The gate is open.').waitFor();
  });

  test('shows the box where nobody knows who it is, and Cotalker decides', async () => {
    close([]);
    stage.sandbox.fail({ matches: ({ path }) => path === '/v2/users/me', status: 500 });
    await openChannel();
    await box().fill('Hello?');
    await box().press('Enter');
    await stage.page.getByRole('alert').waitFor();
    expect(await box().inputValue()).toBe('Hello?');
  });
});
