import type { Fault } from '../../../sandbox/index.ts';
import { asking, type Exchange, GRAPHQL_RESPONSE } from '../exchange.ts';

const ONE = '{ groups(first: 1) { totalCount } }';
const PARTLY = '{ a: __typename groups(first: 2) { totalCount nodes { __typename } } }';

const FAULTS: Record<string, Fault> = {
  '400': { status: 400 },
  '401': { status: 401 },
  '403': { status: 403 },
  '404': { status: 404 },
  '409': { status: 409 },
  '418 with a body': { status: 418, body: '{"message":"canary"}' },
  '429': { status: 429 },
  '429 without Retry-After': { status: 429, headers: {} },
  '429 for 30 seconds': { status: 429, headers: { 'retry-after': '30' } },
  '429 for garbage': { status: 429, headers: { 'retry-after': 'soon' } },
  '500': { status: 500, body: '{"error":"canary"}' },
  '502 in HTML': { status: 502, body: '<html>canary', headers: { 'content-type': 'text/html' } },
  '503': { status: 503 },
  '504': { status: 504 },
  'a redirect': { status: 302, headers: { location: '/api/v2/users' } },
  '204': { status: 204 },
  'an empty body': { body: '' },
  HTML: { body: '<html>canary', headers: { 'content-type': 'text/html' } },
  null: { body: 'null' },
  'a list': { body: '[]' },
  'no list in it': { body: '{"data":{}}' },
  'null for the list': { body: '{"data":{"groups":null,"count":0}}' },
  'a text for the list': { body: '{"data":{"groups":"canary","count":0}}' },
  'a record that is none': { body: '{"data":{"groups":[5],"count":1}}' },
  'an empty list': { body: '{"data":{"groups":[],"count":0}}' },
  'a dropped connection': { destroy: true },
};

export const UPSTREAM: readonly Exchange[] = [
  ...Object.entries(FAULTS).flatMap(([name, fault]) => [
    asking(name, ONE, { fault, headers: GRAPHQL_RESPONSE }),
    asking(`${name}, application/json`, ONE, { fault, headers: { accept: 'application/json' } }),
  ]),
  ...['401', '403', '429', '500'].map((name) =>
    asking(`${name} for the look-up behind the list`, PARTLY, {
      fault: { template: '/v2/task-groups', ...FAULTS[name] },
      headers: GRAPHQL_RESPONSE,
    }),
  ),
  asking('401 to a subscription', 'subscription { groupChanged { cursor } }', {
    fault: { status: 401 },
    headers: { accept: 'text/event-stream' },
  }),
  asking(
    '403 in a later part',
    '{ groups(first: 2) { totalCount ... @defer { nodes { __typename } } } }',
    {
      fault: { template: '/v2/task-groups', status: 403 },
      headers: { accept: 'multipart/mixed, application/json' },
    },
  ),
  asking('500, explained', ONE, { fault: { status: 500 }, headers: { 'x-explain': 'true' } }),
  asking('a query in events', ONE, { headers: { accept: 'text/event-stream' } }),
];
