import { expect, test } from '@jest/globals';
import { SANDBOX_USER_TOKEN } from '../../sandbox/index.ts';
import { expectCount, useWebStage } from '../support/web-stage.ts';

const stage = useWebStage();
const { signIn, entry, open, title, expectFocus, holdBack } = stage;

const menu = () => stage.page.getByRole('navigation', { name: 'Main menu' });

test('the heading of a group takes the focus once, and not from where a person has gone on to', async () => {
  await signIn();
  const { goOn } = await holdBack('query Group');
  await open('Company Announcements');
  await expectFocus(title('Company Announcements'));
  await entry('Operaciones').focus();
  goOn();
  await expectCount(stage.page.locator('.channel'), 3);
  await expectFocus(entry('Operaciones'));
  await stage.page.keyboard.press('ArrowRight');
  await entry('Sala de Control').waitFor();
});

test.each(['waits', 'has gone on'])(
  'tells a person who %s that a group is not found',
  async (does) => {
    await signIn();
    await entry('Proveedores').waitFor();
    const { groups } = stage.sandbox.data;
    groups.splice(
      groups.findIndex(({ nameDisplay }) => nameDisplay === 'Proveedores'),
      1,
    );
    const { goOn } = await holdBack('query Group');
    await open('Proveedores');
    await expectFocus(title('Proveedores'));
    if (does !== 'waits') await entry('Operaciones').focus();
    goOn();
    await title('Not found').waitFor();
    await expectFocus(does === 'waits' ? title('Not found') : entry('Operaciones'));
  },
);

test('further rows take no focus from where a person has gone on to', async () => {
  await signIn();
  await open('Operaciones', 'Sala de Control');
  const channels = stage.page.locator('.channel');
  await expectCount(channels, 20);
  const { goOn } = await holdBack('query MoreChannels');
  await stage.page.getByRole('button', { name: 'Load more' }).click();
  await stage.page.getByText('Loading more channels').waitFor();
  await entry('Operaciones').focus();
  goOn();
  await expectCount(channels, 25);
  await expectFocus(entry('Operaciones'));
});

test('who comes back to the menu is there, and who comes by an address is at its group', async () => {
  await signIn(SANDBOX_USER_TOKEN, { keep: true });
  await open('Company Announcements');
  await expectFocus(title('Company Announcements'));
  await stage.page.evaluate("location.hash = '#/'");
  await expectFocus(menu());
  await stage.page.goBack();
  await expectFocus(title('Company Announcements'));
  await stage.page.reload();
  await title('Company Announcements').waitFor();
  await expectFocus(title('Company Announcements'));
  expect(await menu().isVisible()).toBe(true);
});
