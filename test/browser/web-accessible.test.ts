import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { planted } from '../../sandbox/index.ts';
import { expectCount, useWebStage } from '../support/web-stage.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const stage = useWebStage();
const { signIn, entry, title, problem, screenshot } = stage;

const chat = `#/group/${planted.groups.withActions}/channel/${planted.messages.channel}`;

const looks = [1280, 768, 390].flatMap((width) => [
  ['light', width] as const,
  ['dark', width] as const,
]);

test.each(looks)(
  'is accessible, as axe checks it, %s, at %i pixels',
  async (colorScheme, width) => {
    await stage.page.emulateMedia({ colorScheme });
    await stage.page.setViewportSize({ width, height: 800 });
    const check = async (view: string, picture?: string, pictureHeight = 300) => {
      await stage.page.evaluate(AXE);
      const found = (await stage.page.evaluate(
        'axe.run({ runOnly: ["wcag2a", "wcag2aa", "best-practice"], iframes: false })',
      )) as any;
      const violations = found.violations.map(({ id, nodes }: any) => [
        id,
        nodes.map((n: any) => n.html),
      ]);
      expect([view, violations]).toEqual([view, []]);
      expect([view, await stage.page.locator('h1:visible').count()]).toEqual([view, 1]);
      if (picture === undefined || width !== 1280 || colorScheme === 'dark') return;
      await screenshot(picture, { height: pictureHeight });
      await stage.page.setViewportSize({ width, height: 800 });
    };
    /** Through the address: on a narrow screen the menu is not there beside a group. */
    const go = async (name: string) => {
      const group = stage.sandbox.data.groups.find(
        (it) => (it['nameDisplay'] ?? it['name']) === name,
      );
      await stage.page.evaluate(`location.hash = '#/group/${String(group?.['_id'])}'`);
    };
    const show = async (name: string) => {
      await go(name);
      await title(name).waitFor();
    };
    await stage.page.goto(stage.app.url);
    await check('sign-in', 'first', 560);
    await signIn('not-a-token');
    await problem('UNAUTHENTICATED').waitFor();
    await check('sign-in with another token');
    await signIn();
    await entry('Company Announcements').waitFor();
    await check('the menu');
    await stage.page.getByLabel('Search the menu').fill('re');
    await check('what is found');
    await stage.page.getByLabel('Search the menu').fill('no such name');
    await stage.page.getByText('Nothing has this name').waitFor();
    await check('nothing found');
    await stage.page.getByLabel('Search the menu').fill('');
    await show('Operaciones');
    await stage.page.locator('.card').first().waitFor();
    await check('a category', 'category');
    await show('Sala de Control');
    await expectCount(stage.page.locator('.channel'), 20);
    await check('channels');
    await stage.page.evaluate(`location.hash = '${chat}'`);
    await stage.page.getByRole('button', { name: 'Load older messages' }).waitFor();
    await check('a chat');
    await show('Obras en Terreno');
    await expectCount(stage.page.locator('.task-card'), 60);
    await check('a board');
    await stage.page
      .getByRole('button', { name: /^Move / })
      .first()
      .click();
    await stage.page.getByRole('dialog').waitFor();
    await check('the menu of a card');
    await stage.page.keyboard.press('Escape');
    await stage.page.locator('.task-card').first().getByRole('link').click();
    await stage.page.locator('.task .state').waitFor();
    await check('a task');
    await stage.page.getByRole('link', { name: 'My tasks' }).click();
    await stage.page.locator('.my-tasks li').first().waitFor();
    await check('my tasks');
    stage.sandbox.fail({ template: '/v2/users', status: 503 });
    await show('Network Incidents');
    await expectCount(stage.page.locator('tbody th'), 20);
    await check('tasks with errors');
    await show('Intranet');
    await stage.page.getByRole('link', { name: 'Open' }).waitFor();
    await check('a link to a new tab', 'new-tab');
    await show('Prize Draw!!!');
    await problem('UNSAFE_URL').waitFor();
    await check('a link held back', 'held-back');
    await show('Clima y Pronóstico');
    await stage.page.locator('main iframe').waitFor();
    await check('a frame', 'embedded', 400);
    stage.sandbox.latencyMs = 3000;
    await show('Recruitment');
    await stage.page.locator('main .skeleton').waitFor();
    await check('a group on its way', 'loading');
    stage.sandbox.latencyMs = 0;
    await stage.page.evaluate("location.hash = '#/nowhere'");
    await title('Not found').waitFor();
    await check('not found');
    await show('Help Desk');
    await stage.page.getByRole('dialog').waitFor();
    await check('a pop-up');
    await stage.page.keyboard.press('Escape');
    stage.sandbox.fail({ status: 401 });
    await go('Sales');
    await problem('UNAUTHENTICATED').getByText('Sign in again').waitFor();
    await check('sign-in again', 'again', 620);
  },
);
