import { describe, expect, test } from '@jest/globals';
import { planted } from '../../sandbox/index.ts';
import { idOf, plant, rawGroup, useStage } from '../support/stage.ts';

const stage = useStage();
const LINKS = `{ groups(first: 500) { nodes {
  ... on MenuEntry { id }
  ... on LinkGroup { url linkType opensIn sendsToken }
} } }`;
const ask = async (query = LINKS) => (await stage.gateway.ask(query)).body;

describe('the company’s links', () => {
  const { links } = planted;
  const web = { linkType: 'URL', opensIn: 'POPUP', sendsToken: false };

  test.each([
    ['external', links.external, { url: 'https://intranet.andina.example/', opensIn: 'NEW_TAB' }],
    [
      'embedded',
      links.embedded,
      { url: 'https://weather.andina.example/map?zoom=6', opensIn: 'EMBEDDED' },
    ],
    ['pop-up', links.popUp, { url: 'https://help.andina.example/new', sendsToken: true }],
    [
      'app',
      links.apk,
      {
        ...{ url: 'https://files.andina.example/field-4.2.apk' },
        ...{ linkType: 'APK', opensIn: 'NEW_TAB' },
      },
    ],
    ['command', links.cmd, { url: 'cotalker://scanner?mode=qr' }],
    ['relative', links.relative, { url: '/reports/monthly?view=summary', opensIn: 'EMBEDDED' }],
    ['unsafe', links.unsafe, { url: null, opensIn: 'NEW_TAB' }],
  ])('%s', async (_, id, link) => {
    const { data } = await ask();
    expect(data.groups.nodes.find((node: any) => node.id === id)).toEqual({ id, ...web, ...link });
  });

  test('the unsafe one alone fails, at its path, with the page complete', async () => {
    const { data, errors } = await ask();
    const at = data.groups.nodes.findIndex(({ id }: any) => id === links.unsafe);
    expect(errors).toEqual([
      {
        message: 'The link is held back: following it could run script.',
        locations: [{ line: 3, column: 22 }],
        path: ['groups', 'nodes', at, 'url'],
        extensions: { code: 'UNSAFE_URL' },
      },
    ]);
    expect(data.groups.nodes.filter(({ url }: any) => typeof url === 'string')).toHaveLength(6);
    expect(data.groups.nodes).not.toContain(null);
  });

  test('the unsafe one costs nothing where its url is not asked for', async () => {
    const query = '{ groups(filter: {type: LINK}) { nodes { ... on LinkGroup { opensIn } } } }';
    expect((await ask(query)).errors).toBeUndefined();
  });
});

describe('targets', () => {
  const urlOf = async (link: Record<string, unknown>) => {
    plant(stage, [rawGroup(1, { link })]);
    const { data, errors } = await ask();
    return { url: data.groups.nodes[0].url, codes: errors?.map((e) => e.extensions.code) ?? [] };
  };

  test.each([
    ...['javascript:alert(1)', 'JAVASCRIPT:alert(1)', 'data:text/html,x', 'vbscript:x'],
    ...[' javascript:x', '\u0000javascript:x', 'java\tscript:x', 'java\nscript:x', 'da\rta:x'],
    ...['javascript&colon;x', '&#106;avascript:x', '&#x6A;avascript:x', 'java&Tab;script:x'],
    ...['\u200bjavascript:x', 'javascript%3Ax', '%6Aavascript:x'],
  ])('%j is held back, as a url and as a command', async (target) => {
    const held = { url: null, codes: ['UNSAFE_URL'] };
    expect(await urlOf({ url: target })).toEqual(held);
    expect(await urlOf({ url: '', cmd: target })).toEqual(held);
    expect(await urlOf({ url: target, cmd: '/safe' })).toEqual(held);
  });

  test.each([
    ...['https://x.test/?q=javascript:1', '/tasks/1', 'tasks?x=data:1', '#data:x', '//x.test/'],
    ...['cotalker://tasks', 'openSurvey:5fb43a', 'mailto:a@x.test', ' https://x.test/ '],
  ])('%j passes as it is', async (target) => {
    expect(await urlOf({ url: target })).toEqual({ url: target, codes: [] });
    expect(await urlOf({ cmd: target })).toEqual({ url: target, codes: [] });
  });

  test('a link without a target, told by the filter, has no url and no error', async () => {
    plant(stage, []);
    const groups = [rawGroup(1, { link: { url: '', external: true } })];
    stage.sandbox.fail({
      ...{ template: '/v2/groups', body: JSON.stringify({ data: { groups, count: 1 } }) },
    });
    expect(await ask(LINKS.replace('500', '500, filter: {type: LINK}'))).toEqual({
      data: {
        groups: {
          nodes: [
            { id: idOf(1), url: null, linkType: null, opensIn: 'NEW_TAB', sendsToken: false },
          ],
        },
      },
    });
  });
});

test.each(['PDF', 'url', 'Apk', 'constructor'])(
  'linkType %j, which nobody knows, fails the field alone',
  async (linkType) => {
    plant(stage, [
      rawGroup(1, { link: { url: 'x', linkType } }),
      rawGroup(2, { link: { url: 'y', linkType: 'APK' } }),
    ]);
    const { data, errors } = await ask();
    const others = { opensIn: 'POPUP', sendsToken: false };
    expect(data.groups.nodes).toEqual([
      { id: idOf(1), url: 'x', linkType: null, ...others },
      { id: idOf(2), url: 'y', linkType: 'APK', ...others },
    ]);
    expect(errors).toMatchObject([
      {
        path: ['groups', 'nodes', 0, 'linkType'],
        extensions: { code: 'UPSTREAM_INVALID_RESPONSE' },
      },
    ]);
    expect(JSON.stringify(errors)).not.toContain(linkType);
  },
);

describe('actions', () => {
  const ACTIONS = `{ groups(first: 500) { nodes { ... on MenuEntry {
    id actions { id name url icon opensIn sendsToken }
  } } } }`;

  test('of the company, by weight', async () => {
    const { data, errors } = await ask(ACTIONS);
    expect(errors).toBeUndefined();
    const { actions } = data.groups.nodes.find(({ id }: any) => id === planted.groups.withActions);
    const popUp = { opensIn: 'POPUP', sendsToken: false, icon: expect.stringMatching(/^M/) };
    const tab = { ...popUp, opensIn: 'NEW_TAB' };
    expect(actions).toMatchObject([
      { ...popUp, name: 'Nueva obra', url: '/works/new', sendsToken: true },
      { ...tab, name: 'Turnos', url: 'https://shifts.andina.example/', sendsToken: true },
      { ...tab, name: 'Plano de redes', url: 'https://maps.andina.example/' },
      { ...popUp, name: 'Ayuda', url: '/help/works' },
    ]);
  });

  test('an unsafe one is held back at its path, with its siblings complete', async () => {
    const action = (display: string, url: unknown) => ({ _id: display, display, url });
    plant(stage, [
      rawGroup(1, {
        link: { cmd: 'x' },
        actions: [action('a', '/a'), action('b', 'Java\tScript:b'), action('c', null)],
      }),
    ]);
    const { data, errors } = await ask(ACTIONS);
    const plain = { icon: null, opensIn: 'POPUP', sendsToken: false };
    expect(data.groups.nodes[0].actions).toEqual([
      { id: 'a', name: 'a', url: '/a', ...plain },
      { id: 'b', name: 'b', url: null, ...plain },
      { id: 'c', name: 'c', url: null, ...plain },
    ]);
    expect(errors).toMatchObject([
      { path: ['groups', 'nodes', 0, 'actions', 1, 'url'], extensions: { code: 'UNSAFE_URL' } },
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/Script:b/);
  });
});
