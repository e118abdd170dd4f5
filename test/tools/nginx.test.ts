import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { freePort } from '../support/free-port.ts';
import { nginxBlock, startNginx } from '../support/nginx.ts';
import { openRaw } from '../support/raw.ts';

/*
 * Through an nginx that is told nothing but `proxy_pass`, which gathers answers before it passes them on, and to
 * compress as docs/operating.md says: Debian's package `nginx-light`.
 */

const FOLLOW = 'subscription { groupChanged { node { ... on MenuEntry { id } } } }';
const IN_PARTS = `{ groups(filter: { type: TASK }) { totalCount ... @defer {
  nodes { ... on TaskGroup { tasks { totalCount } } }
} } }`;
/** Long for an event to come, and too short to fill a buffer with. */
const WITHHELD_MS = 3000;

let sandbox: Sandbox;
let gateway: TestGateway;
let nginx: { readonly plain: string; readonly gathering: string; close(): Promise<void> };
beforeAll(async () => {
  sandbox = await createSandbox();
  gateway = await startGateway(sandbox.url, { live: { pollMs: 100, maxSubscriptions: 10 } });
  nginx = await startBoth(gateway.url);
});
afterAll(async () => {
  await nginx.close();
  await gateway.close();
  await sandbox.close();
});

/** One address that passes on as nginx does by default, and one that does not heed what answers say of it. */
async function startBoth(target: string): Promise<typeof nginx> {
  const [plain, gathering] = [await freePort(), await freePort()];
  const http = `
    ${nginxBlock('gzip on;')}
    server { listen 127.0.0.1:${plain}; location / { proxy_pass ${target}; } }
    server {
      listen 127.0.0.1:${gathering};
      location / { proxy_pass ${target}; proxy_ignore_headers X-Accel-Buffering; }
    }`;
  const url = `http://127.0.0.1:${plain}`;
  const { close } = await startNginx(http, `${url}/health`);
  return { plain: url, gathering: `http://127.0.0.1:${gathering}`, close };
}

/** What has come of an answer by the time that `until` matches it, or `ms` are over. */
async function read(url: string, accept: string, query: string, until: RegExp, ms: number) {
  const leaving = new AbortController();
  const timer = setTimeout(() => leaving.abort(), ms);
  let text = '';
  try {
    const { body } = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        accept,
        'accept-encoding': 'gzip',
        'content-type': 'application/json',
        authorization: 'Bearer sandbox-user',
      },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    });
    for await (const part of body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += part;
      if (until.test(text)) break;
    }
  } catch (error) {
    if (!leaving.signal.aborted) throw error;
  }
  clearTimeout(timer);
  leaving.abort();
  return text;
}

describe('an answer', () => {
  const get = async (query: string, coding: string) => {
    const connection = await openRaw(nginx.plain);
    const headers = `host: x\r\nauthorization: Bearer sandbox-user\r\naccept-encoding: ${coding}`;
    const path = `/graphql?query=${encodeURIComponent(query)}`;
    connection.write(`GET ${path} HTTP/1.1\r\n${headers}\r\nconnection: close\r\n\r\n`);
    await connection.closed;
    return connection.received;
  };
  const LONG = '{ groups(first: 100) { nodes { ... on MenuEntry { id name modifiedAt } } } }';

  test.each([
    [LONG, 'gzip, br', true],
    [LONG, 'identity', false],
    ['{ __typename }', 'gzip', false],
  ])('%s, with "%s" accepted: compressed %j', async (query, coding, isCompressed) => {
    const answer = await get(query, coding);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(/^content-encoding: gzip\r$/im.test(answer)).toBe(isCompressed);
  });
});

describe('a subscription', () => {
  const follow = async (url: string, ms: number): Promise<string> => {
    const change = setInterval(() => {
      const [group] = sandbox.data.groups;
      Object.assign(group ?? {}, { modifiedAt: new Date().toISOString() });
    }, 200);
    const text = await read(url, 'text/event-stream', FOLLOW, /event: next\n.*\n\n/, ms);
    clearInterval(change);
    return text;
  };

  test('its events come', async () => {
    expect(await follow(nginx.plain, WITHHELD_MS)).toMatch(/event: next\n/);
  });

  test('which is for what the answer says: else nothing does', async () => {
    expect(await follow(nginx.gathering, WITHHELD_MS)).toBe('');
  });
});

describe('an answer in parts', () => {
  const ask = (url: string): Promise<string> => {
    sandbox.fail({ template: '/v2/task-groups/{id}/tasks', delayMs: 2 * WITHHELD_MS });
    return read(url, 'multipart/mixed', IN_PARTS, /hasNext":true/, WITHHELD_MS);
  };

  test('its first part comes before the later ones', async () => {
    expect(await ask(nginx.plain)).toMatch(/"totalCount":\d+/);
  });

  test('which is for what the answer says: else nothing does', async () => {
    expect(await ask(nginx.gathering)).toBe('');
  });

  test('all of them come', async () => {
    sandbox.reset();
    const all = await read(nginx.plain, 'multipart/mixed', IN_PARTS, /hasNext":false/, 10_000);
    expect(all).toMatch(/"hasNext":false\}\r\n-----\r\n$/);
  });
});
