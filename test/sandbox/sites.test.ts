import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCompany, createSandbox, planted, type Sandbox } from '../../sandbox/index.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';

let sandbox: Sandbox;
let gateway: TestGateway;
beforeAll(async () => {
  sandbox = await createSandbox({ hasSites: true });
  gateway = await startGateway(sandbox.url);
});
afterAll(async () => {
  await gateway.close();
  await sandbox.close();
});

interface Link {
  readonly url: string;
  readonly opensIn: string;
}

async function linkOf(id: string, token = 'sandbox-user'): Promise<Link> {
  const query = '{ group(id: "ID") { ... on LinkGroup { url opensIn } } }'.replace('ID', id);
  return (await gateway.ask(query, { token })).body.data.group;
}

describe('the links of groups lead to pages of the sandbox, without a token', () => {
  const { links } = planted;
  test.each([
    ['a new tab', links.external, 'NEW_TAB', 'Intranet'],
    ['embedded', links.embedded, 'EMBEDDED', 'Clima y Pronóstico'],
    ['a pop-up', links.popUp, 'POPUP', 'Help Desk'],
    ['one that refuses frames', links.relative, 'EMBEDDED', 'Monthly Reports'],
    ['an app', links.apk, 'NEW_TAB', 'Files of Andina'],
  ])('%s', async (what, id, opensIn, title) => {
    const link = await linkOf(id);
    expect(link.opensIn).toBe(opensIn);
    expect(link.url.startsWith(new URL(sandbox.url).origin)).toBe(true);
    const page = await fetch(link.url);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(await page.text()).toContain(`<title>${title}</title>`);

    const refuses = what === 'one that refuses frames';
    expect(page.headers.get('x-frame-options')).toBe(refuses ? 'DENY' : null);
    expect(page.headers.get('content-security-policy')?.includes('frame-ancestors')).toBe(refuses);
  });

  test('and so do buttons; what is unsafe, a command, or within the platform stays', async () => {
    const query = `{
      group(id: "${planted.groups.withActions}") { ... on MenuEntry { actions { url } } }
      scanner: group(id: "${links.cmd}") { ... on LinkGroup { url } }
      draw: group(id: "${links.unsafe}") { ... on LinkGroup { url } }
    }`;
    const { data } = (await gateway.ask(query)).body;
    const { origin } = new URL(sandbox.url);
    expect(data.group.actions.map(({ url }: Link) => url).toSorted()).toEqual([
      ...['/help/works', '/works/new', `${origin}/sites/maps/`, `${origin}/sites/shifts/`],
    ]);
    expect(data).toMatchObject({
      scanner: { url: 'cotalker://scanner?mode=qr' },
      draw: { url: null },
    });
  });

  test('a page is no call to the API, and shows nothing of its address', async () => {
    sandbox.calls.length = 0;
    const { origin } = new URL(sandbox.url);
    for (const path of ['constructor/x', '%3Cscript%3E', '?x=<script>', 'maps/<script>']) {
      const text = await (await fetch(`${origin}/sites/${path}`)).text();
      expect(text).toContain('<h1>A site of Andina</h1>');
      expect(text).not.toMatch(/script/i);
    }
    expect(sandbox.calls).toEqual([]);
  });

  test('in the other company as well', async () => {
    const urls = sandbox.otherData.groups.map(({ link }) => (link as Link | undefined)?.url);
    expect(urls).toContain(`${new URL(sandbox.url).origin}/sites/intranet/`);
  });
});

test('a sandbox without them has the links of the company as it was made', async () => {
  const plain = await createSandbox();
  expect(plain.data).toEqual(createCompany());
  await plain.close();
});
