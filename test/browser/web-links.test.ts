import { expect, test } from '@jest/globals';
import { planted } from '../../sandbox/index.ts';
import { useWebStage } from '../support/web-stage.ts';

const stage = useWebStage();
const { signIn, open, problem, screenshot, forgive } = stage;

test('says so where a frame cannot load', async () => {
  const weather = stage.sandbox.data.groups.find(({ _id }) => _id === planted.links.embedded);
  // Nothing listens there.
  Object.assign(weather?.['link'] as object, { url: 'http://127.0.0.1:1/' });
  stage.origins.push('http://127.0.0.1:1');
  await signIn();
  await open('Clima y Pronóstico');
  await stage.page.getByRole('alert').getByText('cannot be reached').waitFor();
  forgive('net::ERR');
});

test('stands by a frame whose site refuses it with a link to open it', async () => {
  const weather = stage.sandbox.data.groups.find(({ _id }) => _id === planted.links.embedded);
  const url = `${stage.pages.url}/unframed`;
  Object.assign(weather?.['link'] as object, { url });
  await signIn();
  await open('Clima y Pronóstico');
  await stage.page.getByText('Some sites refuse to show inside another').waitFor();
  const frame = stage.page.frameLocator('main iframe');
  await frame.getByText('refused to connect').first().waitFor();
  await screenshot('refused');
  const newTab = stage.context.waitForEvent('page');
  await stage.page.getByRole('link', { name: 'Open in a new tab' }).click();
  await (await newTab).getByRole('heading', { name: '/unframed' }).waitFor();
  forgive('frame-ancestors');
});

test('follows links as they say', async () => {
  await signIn();
  const newTab = stage.context.waitForEvent('page');
  await open('Intranet');
  const intranet = await newTab;
  await intranet.getByRole('heading', { name: '/' }).waitFor();
  expect(await intranet.evaluate('window.opener')).toBe(null);
  await intranet.close();

  await open('Clima y Pronóstico');
  await stage.page.frameLocator('main iframe').getByRole('heading', { name: '/map' }).waitFor();
  expect(await stage.page.locator('main iframe').getAttribute('sandbox')).toContain(
    'allow-same-origin',
  );

  // Without a host: inside the platform.
  await open('Monthly Reports');
  await stage.page
    .frameLocator('main iframe')
    .getByRole('heading', { name: '/reports/monthly' })
    .waitFor();

  await open('Help Desk');
  const popUp = stage.page.getByRole('dialog', { name: 'Help Desk' });
  await popUp.frameLocator('iframe').getByRole('heading', { name: '/new' }).waitFor();
  await screenshot('pop-up');
  await stage.page.keyboard.press('Escape');
  await popUp.waitFor({ state: 'detached' });
  await stage.page.getByText('This app keeps your token to itself').waitFor();

  await open('Escáner QR');
  const command = stage.page.getByRole('link', { name: 'Open in the Cotalker app' });
  expect(await command.getAttribute('href')).toBe('cotalker://scanner?mode=qr');

  await open('Prize Draw');
  await problem('UNSAFE_URL').waitFor();
  expect(await stage.page.locator('[href*="script"]').count()).toBe(0);
});

test('gives a frame of its own origin none, and follows no scheme that it does not know', async () => {
  const weather = stage.sandbox.data.groups.find(({ _id }) => _id === planted.links.embedded);
  const link = weather?.['link'] as { url: string };
  const before = link.url;
  link.url = `${stage.app.url}/icon.svg`;
  await signIn();
  await open('Clima y Pronóstico');
  const frame = stage.page.locator('main iframe');
  expect(await frame.getAttribute('src')).toBe(link.url);
  expect(await frame.getAttribute('sandbox')).not.toContain('allow-same-origin');

  link.url = 'ftp://files.andina.example/';
  await signIn();
  await open('Clima y Pronóstico');
  await stage.page.getByText('not followed by this app').waitFor();
  expect(await stage.page.locator('[href^="ftp"], [src^="ftp"]').count()).toBe(0);
  link.url = before;
});
