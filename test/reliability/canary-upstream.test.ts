import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  createCompany,
  createSandbox,
  planted,
  type Fault as SandboxFault,
  type RawRecord,
  type Sandbox,
  type SandboxData,
} from '../../sandbox/index.ts';
import {
  CANARY,
  expectSilence,
  LISTING,
  logsOf,
  metricsOf,
  post,
  send as sendTo,
} from '../support/canary.ts';
import { type FaultServer, startFaultServer } from '../support/fault-server.ts';
import { GROUPS } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';
import { type Collector, startCollector } from '../support/collector.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';

/*
 * Nothing leaks. A canary is planted in every place from which a secret can come, here in all that Cotalker, or
 * whoever is in its place, answers. Then it may be in no answer (with headers), metric or span, and in no output of
 * the process at the most verbose log level. Nor may they hold a token, the upstream's address, a stack trace or a
 * path of this machine.
 */

let sandbox: Sandbox;
let gateway: GatewayProcess;
let collector: Collector;
beforeAll(async () => {
  sandbox = await createSandbox();
  collector = await startCollector();
  gateway = await startGatewayProcess(sandbox.url, {
    ...{ LOG_LEVEL: 'trace', GRAPHIQL: 'off', CORS_ORIGINS: 'https://app.example' },
    ...{ SECRET: CANARY, AUTHORIZATION: CANARY, COTALKER_TOKEN: CANARY, HTTP_PROXY: CANARY },
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  });
});
afterEach(() => {
  sandbox.reset();
  sandbox.data = createCompany();
});
afterAll(async () => {
  const metrics = await metricsOf(gateway);
  // It sends the last of its spans as it ends.
  gateway.signal('SIGTERM');
  await gateway.ended;
  await collector.close();
  expectSilence(metrics, 'the metrics', [new URL(sandbox.url).host]);
  expectSilence(collector.bodies.join('\n'), 'the spans', [new URL(sandbox.url).host]);
  expect(collector.spans.length).toBeGreaterThan(100);
  expectSilence(logsOf(gateway), 'the output', [new URL(sandbox.url).host]);
  // A line there is one that nobody meant to write.
  expect(gateway.errors()).toBe('');
  // It was not silent since nothing was written.
  expect(logsOf(gateway).match(/"msg":"operation"/g)?.length).toBeGreaterThan(50);
  await sandbox.close();
});

const send = (bytes: string, to = gateway): Promise<string> => sendTo(bytes, to);

/** Everything that the schema exposes, of a few groups of each kind. */
const EVERYTHING = /* GraphQL */ `
  {
    groups(filter: { search: "field" }) {
      totalCount
      nodes {
        ...Entry
      }
      pageInfo {
        hasNextPage
      }
    }
    unsafe: group(id: "${planted.links.unsafe}") {
      ...Entry
    }
    category: group(id: "${planted.groups.category}") {
      ...Entry
      ... on MenuEntry {
        children {
          ...Entry
        }
      }
    }
  }
  fragment Entry on MenuEntry {
    id
    name
    code
    createdAt
    modifiedAt
    isActive
    weight
    icon {
      path
      color
    }
    actions {
      id
      name
      url
      icon
      opensIn
      sendsToken
    }
    ... on StandardGroup {
      isCategory
      channels(first: 2) {
        nodes {
          ...Talk
        }
      }
    }
    ... on LinkGroup {
      url
      linkType
      opensIn
      sendsToken
    }
    ... on TaskGroup {
      channels(first: 2) {
        nodes {
          ...Talk
        }
      }
      workflow {
        id
        code
        flowType
        defaultView
        hideClosedAfterDays
        isActive
      }
      stateMachines {
        id
        name
        code
        isActive
        createdAt
        initialState {
          id
        }
        states {
          ...Step
        }
      }
      tasks(first: 2) {
        totalCount
        nodes {
          id
          serial
          name
          info
          parentId
          startDate
          endDate
          closedAt
          stateChangedAt
          createdAt
          modifiedAt
          estimatedDays
          isActive
          state {
            ...Step
          }
          assignee {
            ...Person
          }
          createdBy {
            ...Person
          }
          editors {
            ...Person
          }
          followers {
            ...Person
          }
          channel {
            id
            name
          }
        }
      }
    }
  }
  fragment Step on State {
    id
    name
    code
    type
    isActive
    transitions {
      to {
        id
      }
      by
      requiredSurveyId
    }
  }
  fragment Talk on Channel {
    id
    name
    code
    createdAt
    modifiedAt
    isActive
    isDirect
    isPrivate
    users {
      ...Person
    }
    admins {
      ...Person
    }
    image {
      small
      square
      original
    }
    lastMessage {
      content
      contentType
      sentAt
      sender {
        id
      }
    }
  }
  fragment Person on User {
    id
    name
    email
    jobTitle
    isActive
    isOnline
    avatar {
      small
    }
  }
`;
/** What is told besides the fields of the records: the head, the errors and the extensions. */
function besidesData(answer: string): string {
  const [head = '', body = ''] = answer.split(/\r\n\r\n(.*)/s);
  const { data, ...rest } = JSON.parse(body) as { data?: unknown };
  expect(data).toBeDefined();
  return head + JSON.stringify(rest);
}

/** Sound answers, so that the breaker stays closed. */
async function recover(): Promise<void> {
  sandbox.reset();
  const queries = Array.from(
    { length: 12 },
    (_, n) => `{ groups(first: ${n + 1}) { totalCount } }`,
  );
  for (const answer of await Promise.all(queries.map((query) => send(post(query))))) {
    expect(answer).toContain('"totalCount":38');
  }
}

const STACK = `Error: ${CANARY}\n    at ${CANARY} (file:///srv/${CANARY}/node_modules/x.js:1:1)`;
const HEADERS = {
  ...{ server: CANARY, 'x-powered-by': CANARY, 'set-cookie': `a=${CANARY}`, 'x-host': CANARY },
  ...{ 'www-authenticate': `Bearer realm="${CANARY}"`, location: `http://${CANARY}.example/` },
  ...{ 'retry-after': CANARY, etag: `"${CANARY}"`, via: CANARY, 'x-request-id': CANARY },
  'access-control-allow-origin': CANARY,
};

describe('what Cotalker sends', () => {
  const statuses = [204, 206, 301, 304, 307, 400, 401, 403, 404, 409, 418];
  test.each([...statuses, 500, 501, 599])('%i with a body and headers', async (status) => {
    const isEmpty = status === 204 || status === 304;
    sandbox.fail({ status, headers: HEADERS, body: isEmpty ? '' : `{"stack":"${STACK}"}` });
    const answer = await send(post(LISTING));
    expect(sandbox.calls.length).toBeGreaterThan(0);
    expect(answer).toContain('"errors"');
    expectSilence(answer, String(status));
    await recover();
  });

  test.each<[string, Omit<SandboxFault, 'status'>]>([
    ['text', { body: CANARY }],
    ['HTML', { body: `<h1>${CANARY}</h1>`, headers: { 'content-type': 'text/html' } }],
    ['JSON that is broken off', { body: `{"data":{"groups":[{"_id":"${CANARY}` }],
    ['JSON of another shape', { body: `{"${CANARY}":"${CANARY}"}` }],
    [
      'an error in a 200',
      { body: `{"error":"${CANARY}","message":"${STACK}"}`.replaceAll('\n', '\\n') },
    ],
    [
      'a prototype',
      { body: `{"__proto__":{"${CANARY}":1},"data":{"__proto__":{"groups":"${CANARY}"}}}` },
    ],
    ['a coding nobody knows', { body: CANARY, headers: { 'content-encoding': CANARY } }],
    ['a coding that is not true', { body: CANARY, headers: { 'content-encoding': 'gzip' } }],
    ['a string for a list', { body: `{"data":{"groups":"${CANARY}","count":"${CANARY}"}}` }],
    [
      'items that are no records',
      { body: `{"data":{"groups":["${CANARY}",["${CANARY}"]],"count":2}}` },
    ],
  ])('200 with %s', async (name, fault) => {
    sandbox.fail({ ...fault, headers: { ...HEADERS, ...fault.headers } });
    const answer = await send(post('{ groups { totalCount nodes { __typename } } }'));
    expect(sandbox.calls.length).toBeGreaterThan(0);
    expectSilence(answer, name);
    await recover();
  });

  const COLLECTIONS = [
    ...(['groups', 'channels', 'taskGroups', 'stateMachines', 'states', 'tasks'] as const),
    ...(['properties', 'users'] as const),
  ];
  const allRecords = (data: SandboxData): RawRecord[] => COLLECTIONS.flatMap((name) => data[name]);

  /** Adds fields to every object of a record, however deep. */
  function plantIn(value: unknown): void {
    if (typeof value !== 'object' || value === null) return;
    for (const inner of Object.values(value)) plantIn(inner);
    if (Array.isArray(value)) return;
    Object.assign(value, {
      ...{ permissions: [CANARY], password: CANARY, token: { value: CANARY }, [CANARY]: 1 },
      ...{ extensions: { secret: CANARY }, toJSON: CANARY, stack: STACK },
    });
  }

  test('fields of records that are not exposed', async () => {
    const before = await send(post(EVERYTHING));
    for (const record of allRecords(sandbox.data)) plantIn(record);
    const answer = await send(post(EVERYTHING));
    // Of all kinds of records some were read, and nothing of them is missing.
    const templates = new Set(sandbox.calls.map(({ template }) => template));
    expect(templates.size).toBeGreaterThanOrEqual(7);
    expect(JSON.stringify(bodyOf(answer).data)).toBe(JSON.stringify(bodyOf(before).data));
    expectSilence(answer, 'unexposed fields');
  });

  const bodyOf = (answer: string): { readonly data?: unknown } =>
    JSON.parse(answer.replace(/^.*?\r\n\r\n/s, '')) as { data?: unknown };

  test('fields of records that are not what they should be', async () => {
    const names = new Set(allRecords(sandbox.data).flatMap((record) => Object.keys(record)));
    expect(names.size).toBeGreaterThan(40);
    for (const name of names) {
      const isUrl = /url|link|uri/i.test(name);
      for (const value of [isUrl ? `javascript:${CANARY}` : CANARY, { [CANARY]: CANARY }]) {
        sandbox.data = createCompany();
        for (const record of allRecords(sandbox.data)) {
          if (name in record) record[name] = value;
        }
        expectSilence(
          besidesData(await send(post(EVERYTHING))),
          `${name}: ${JSON.stringify(value)}`,
        );
      }
    }
  });
});

describe('below HTTP', () => {
  let upstream: FaultServer;
  let other: GatewayProcess;
  beforeAll(async () => {
    upstream = await startFaultServer(() => faults.json(GROUPS));
    // Its path is a secret, too.
    other = await startGatewayProcess(`${upstream.url}/${CANARY}`, {
      ...{ LOG_LEVEL: 'trace', REQUEST_DEADLINE_MS: '500' },
    });
    // The first request of a process takes long, on a busy machine longer than that.
    while ((await send(post(LISTING), other)).includes('"errors"'));
  });
  afterAll(async () => {
    const metrics = await metricsOf(other);
    await other.close();
    await upstream.close();
    expectSilence(metrics, 'the metrics', [new URL(upstream.url).host]);
    expectSilence(logsOf(other), 'the output', [new URL(upstream.url).host]);
  });

  test.each<[string, ReturnType<FaultServer['answer']>]>([
    // Both are tried again, until the deadline.
    ['429', faults.status(429, HEADERS, STACK)],
    ['503', faults.status(503, HEADERS, STACK)],
    ['a reason phrase', faults.rawAndEnd(`HTTP/1.1 500 ${CANARY}\r\n\r\n`)],
    ['no HTTP', faults.rawAndEnd(`${CANARY}\r\n\r\n`)],
    ['a header that is none', faults.rawAndEnd(`HTTP/1.1 200 OK\r\n${CANARY}\r\n\r\n`)],
    [
      'a length that is none',
      faults.rawAndEnd(`HTTP/1.1 200 OK\r\ncontent-length: ${CANARY}\r\n\r\n`),
    ],
    [
      'a chunk that is none',
      faults.rawAndEnd(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${CANARY}`),
    ],
    ['an end halfway', faults.truncated(`{"data":"${CANARY}"}`)],
    [
      'a reset halfway',
      faults.rawAndReset(`HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n${CANARY}`),
    ],
    ['an early hint', faults.rawAndEnd(`HTTP/1.1 103 ${CANARY}\r\nlink: <${CANARY}>\r\n\r\n`)],
    ['nothing', faults.hang],
    ['a reset', faults.reset],
  ])('%s', async (name, fault) => {
    upstream.answer = () => fault;
    const answer = await send(post(LISTING), other);
    expect(upstream.calls.at(-1)?.path).toContain(CANARY);
    expect(answer).toMatch(/"code":"(UPSTREAM_|RATE_LIMITED)/);
    expectSilence(answer, name, [new URL(upstream.url).host]);
  });

  test.each([`http://${CANARY}.invalid/api`, `http://127.0.0.1:1/${CANARY}`])(
    'nobody at %s',
    async (url) => {
      const lost = await startGatewayProcess(url, {
        ...{ LOG_LEVEL: 'trace', REQUEST_DEADLINE_MS: '500' },
      });
      const answer = await send(post(LISTING), lost);
      await lost.close();
      expect(answer).toMatch(/"code":"UPSTREAM_/);
      expectSilence(answer + logsOf(lost), url, ['127.0.0.1:1']);
    },
  );
});
