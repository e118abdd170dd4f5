import type { RequestListener } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { MAX_CALLS, MAX_WAIT_SECONDS } from '../../doctor/ask.ts';
import { NothingToExamine } from '../../doctor/examine.ts';
import {
  createCompany,
  createSandbox,
  FIRST_READINGS,
  SANDBOX_ADMIN_ID,
  SANDBOX_COMPANY_ID,
  type Sandbox,
  type SandboxCall,
  type SandboxData,
} from '../../sandbox/index.ts';
import { type Drift, type DriftProxy, startDriftProxy } from '../support/drift-proxy.ts';
import { examineAt, idsWith } from '../support/examination.ts';
import { REFUSED_URL } from '../support/fault-server.ts';
import { startUpstream } from '../support/upstream.ts';

let sandbox: Sandbox;
let proxy: DriftProxy;
beforeAll(async () => {
  sandbox = await createSandbox();
  proxy = await startDriftProxy(sandbox.url);
});
beforeEach(() => {
  sandbox.reset();
  Object.assign(sandbox, { data: createCompany(), maxLimit: 1000, readings: FIRST_READINGS });
  proxy.drift = {};
});
afterAll(async () => {
  await proxy.close();
  await sandbox.close();
});

const THIRD_FOR_SECOND: Drift = {
  ask: (query, path) => {
    if (path === '/v2/groups' && query.get('page') === '2') query.set('page', '3');
  },
};
const examined = () => examineAt(sandbox.url);
const EMPTY: SandboxData = {
  ...{ groups: [], channels: [], taskGroups: [], stateMachines: [], states: [] },
  ...{ tasks: [], messages: [], properties: [], adminOnlyGroupIds: new Set() },
  // A token is somebody's.
  users: [{ _id: SANDBOX_ADMIN_ID, company: SANDBOX_COMPANY_ID }],
};

describe('the calls', () => {
  test('are GETs one after the other, no more than it promises, and counted', async () => {
    const { findings, calls } = await examined();
    expect(sandbox.calls).toHaveLength(calls);
    expect(new Set(sandbox.calls.map(({ method }) => method))).toEqual(new Set(['GET']));
    expect(calls).toBeLessThanOrEqual(MAX_CALLS);
    expect(findings.every(({ verdict }) => verdict === 'held')).toBe(true);
  });

  test('are as many as it promises where each comes to be needed', async () => {
    // Two task groups without tasks come before the first with some; a limit of 1000 is refused, and so are
    // several ids.
    const refusing = { groupIds: 'refused', propertyIds: 'refused', userIds: 'pathOnly' } as const;
    sandbox.readings = { ...FIRST_READINGS, ...refusing };
    const [first, second] = sandbox.data.taskGroups;
    const emptied = new Set([first?.['_id'], second?.['_id']]);
    sandbox.data.tasks = sandbox.data.tasks.filter(({ taskGroup }) => !emptied.has(taskGroup));
    proxy.drift = {
      answer: (passing) => {
        if (Number(passing.query.get('limit')) > 100) passing.status = 400;
      },
    };
    const examination = await examineAt(proxy.url);
    expect(examination.calls).toBe(MAX_CALLS);
    expect(sandbox.calls).toHaveLength(MAX_CALLS);
    expect(idsWith('broken', examination)).toEqual(['page-size']);
  });

  test('a failing one is not made again, and keeps no other from being made', async () => {
    sandbox.fail({ template: '/v2/channels', status: 503 });
    const { findings } = await examined();
    expect(sandbox.calls.filter(({ template }) => template === '/v2/channels')).toHaveLength(1);
    expect(findings.find(({ id }) => id === 'channels-envelope')).toMatchObject({
      ...{ verdict: 'unclear', seen: 'GET /v2/channels answered 503.' },
      consequence: expect.stringMatching(/^if it does not hold, /),
    });
  });

  test('Admin: true goes only with the calls about it, and with none where nobody wants it', async () => {
    await examined();
    const asAdmin = sandbox.calls.filter(({ headers }) => headers['admin'] !== undefined);
    expect(asAdmin.map(({ template }) => template)).toEqual(['/v2/groups/{id}', '/v2/groups']);
    sandbox.reset();
    const usual = await examineAt(sandbox.url, { token: 'sandbox-user', admin: false });
    expect(sandbox.calls.some(({ headers }) => headers['admin'] !== undefined)).toBe(false);
    expect(idsWith('broken', usual)).toEqual([]);
    expect(idsWith('unclear', usual)).toEqual(['admin-group', 'admin-widens']);
  });
});

describe('what the documentation leaves open breaks nothing', () => {
  test.each([1, 2, 10, 100])('%i records on a page at the most', async (cap) => {
    sandbox.maxLimit = cap;
    const examination = await examined();
    expect(idsWith('broken', examination)).toEqual([]);
    expect(examination.findings.find(({ id }) => id === 'page-size')?.seen).toMatch(
      cap < 67 ? `No page held more than ${cap}, which costs` : 'came on one page',
    );
  });

  test('groups of one moment, in no fixed order', async () => {
    for (const group of sandbox.data.groups) group['modifiedAt'] = '2024-01-01T00:00:00.000Z';
    proxy.drift = THIRD_FOR_SECOND;
    const { findings } = await examineAt(proxy.url);
    expect(findings.find(({ id }) => id === 'groups-paging')).toMatchObject({
      ...{ verdict: 'held', seen: expect.stringContaining('shares the second place') },
    });
  });
});

describe('could not tell', () => {
  test('whether a moment is included, where lists take more than a page', async () => {
    sandbox.maxLimit = 10;
    proxy.drift = {
      ask: (query) => {
        const from = query.get('modified_gte');
        query.delete('modified_gte');
        if (from !== null) query.set('modified_gt', from);
      },
    };
    const examination = await examineAt(proxy.url);
    expect(idsWith('broken', examination)).toEqual([]);
    expect(idsWith('unclear', examination)).toEqual(
      expect.arrayContaining(['groups-modified_gte', 'channels-modified_gte']),
    );
  });

  test('where the list changed meanwhile', async () => {
    proxy.drift = THIRD_FOR_SECOND;
    expect(idsWith('unclear', await examineAt(proxy.url))).toEqual(['groups-paging']);
  });

  test('a company with nothing in it', async () => {
    sandbox.data = EMPTY;
    const examination = await examined();
    expect(idsWith('broken', examination)).toEqual([]);
    expect(idsWith('held', examination)).toEqual([
      'groups-envelope',
      'channels-envelope',
      'unknown-id',
      'task-groups-envelope',
      'viewer',
      'properties-envelope',
      'authentication',
      'limits-of-use',
    ]);
  });

  test.each(['/v2/users', '/v2/properties', '/v2/channels', '/v2/task-groups', '/v2/groups'])(
    '%s that the token may not read',
    async (template) => {
      sandbox.fail({ template, status: 403, matches: ({ headers }) => !isWrong(headers) });
      const examination = await examined();
      expect(idsWith('broken', examination)).toEqual([]);
      expect(idsWith('unclear', examination)).not.toEqual([]);
    },
  );

  test('a service that fails at everything but its lists', async () => {
    const isList = ({ template }: SandboxCall) => /^\/v2\/[a-z-]+$/.test(template ?? '');
    sandbox.fail({ status: 500, matches: (call) => !isList(call) || isWrong(call.headers) });
    const examination = await examined();
    expect(idsWith('broken', examination)).toEqual([]);
    const made = ['channel-by-id', 'unknown-id', 'authentication', 'admin-demanded'];
    expect(idsWith('unclear', examination)).toEqual(expect.arrayContaining(made));
  });
});

describe('calls that are too many for Cotalker', () => {
  /** Lets so many calls through. */
  const limitTo = (most: number, times: number, seconds: number): void => {
    let calls = 0;
    const headers = { 'retry-after': String(seconds) };
    sandbox.fail({ status: 429, matches: () => (calls += 1) > most, headers, times });
  };

  test('are made when it says', async () => {
    const usual = await examined();
    sandbox.reset();
    limitTo(6, 1, 1);
    const waits: number[] = [];
    const wait = async (ms: number) => void waits.push(ms);
    const examination = await examineAt(sandbox.url, { wait });
    expect(waits).toEqual([1000]);
    expect(examination).toEqual({ ...usual, calls: usual.calls + 1 });
    expect(sandbox.calls).toHaveLength(examination.calls);
  });

  test.each([
    ['it takes none then', 1, 8],
    ['that takes too long', MAX_WAIT_SECONDS + 1, 7],
  ])('are not made any more where %s', async (_, seconds, calls) => {
    limitTo(6, Infinity, seconds);
    const examination = await examined();
    expect(examination).toMatchObject({ calls, isCutShort: true });
    expect(sandbox.calls).toHaveLength(calls);
    expect(idsWith('broken', examination)).toEqual([]);
    expect(idsWith('held', examination).length).toBeGreaterThan(3);
    expect(examination.findings.at(-1)?.verdict).toBe('unclear');
  });
});

test('no finding repeats what a body holds, whatever is wrong with that', async () => {
  const CANARY = 'canary-9e14';
  const spoil = (value: unknown): unknown => {
    if (typeof value === 'string') return /^[0-9a-f]{24}$|Z$/.test(value) ? value : CANARY;
    if (Array.isArray(value)) return value.map(spoil);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, inner]) => [key, spoil(inner)]);
    return { ...Object.fromEntries(entries), weight: CANARY, [CANARY]: CANARY };
  };
  proxy.drift = {
    answer: (passing) => {
      passing.body = spoil(passing.body);
    },
  };
  const examination = await examineAt(proxy.url);
  expect(idsWith('broken', examination)).toEqual(expect.arrayContaining(['records']));
  expect(JSON.stringify(examination.findings)).not.toMatch(/canary|[0-9a-f]{24}/);
});

const isWrong = ({ authorization }: { authorization?: string | undefined }): boolean =>
  authorization !== 'Bearer sandbox-admin';

describe('nothing to examine', () => {
  const failing = async (answer: RequestListener): Promise<unknown> => {
    const upstream = await startUpstream(answer);
    const error: unknown = await examineAt(upstream.url).catch((error: unknown) => error);
    expect(upstream.calls).toHaveLength(1);
    await upstream.close();
    expect(error).toBeInstanceOf(NothingToExamine);
    return (error as Error).message;
  };

  test('a token that is not accepted', async () => {
    expect(await failing((_, response) => response.writeHead(401).end())).toContain('token');
  });

  test.each<[string, RequestListener]>([
    ['a page', (_, response) => response.end('<!DOCTYPE html>')],
    ['another service', (_, response) => response.writeHead(404).end('{}')],
  ])('%s', async (_, answer) => {
    expect(await failing(answer)).toContain('/api');
  });

  test('a redirect', async () => {
    const message = await failing((_, response) =>
      response.writeHead(301, { location: 'https://canary.example' }).end(),
    );
    expect(message).toContain('another');
    expect(message).not.toContain('canary');
  });

  test('no call taken', async () => {
    const headers = { 'retry-after': String(MAX_WAIT_SECONDS + 1) };
    expect(await failing((_, response) => response.writeHead(429, headers).end())).toContain('429');
  });

  test('nobody there', async () => {
    await expect(examineAt(REFUSED_URL)).rejects.toThrow('Nothing answers');
  });
});
