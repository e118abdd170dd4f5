import { describe, expect, test } from '@jest/globals';
import type { FaultServer } from '../support/fault-server.ts';
import { figure, GROUPS, LISTING, useSharedFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

/*
 * An answer whose upstream calls were all 401 is HTTP 401 under `application/graphql-response+json`, and
 * 200 with errors under `application/json`.
 */

const { stage } = useSharedFaultStage();
const GRAPHQL = 'application/graphql-response+json';
const refuse: FaultServer['answer'] = () => faults.status(401, {}, 'token expired');
const TWO = '{ groups { totalCount } links: groups(filter: { type: LINK }) { totalCount } }';
/** One of the two calls of {@link TWO} is refused, and one is served. */
const refuseOne: FaultServer['answer'] = ({ query }) =>
  query.has('groupType') ? faults.status(401) : faults.json(GROUPS);

const seen = ({ status, headers }: { status: number; headers: Headers }) => ({
  status,
  challenge: headers.get('www-authenticate'),
  type: headers.get('content-type')?.replace(/;.*/, ''),
});

interface Case {
  readonly query?: string;
  readonly token?: string | null;
  readonly answer?: FaultServer['answer'];
}
const cases: [name: string, isRefused: boolean, asked: Case][] = [
  ['the one call is answered 401', true, {}],
  ['all calls are answered 401', true, { query: TWO }],
  ['the same call twice', true, { query: `{ a: groups { totalCount } b: groups { totalCount } }` }],
  ['no token is sent', true, { token: null }],
  ['one call of two is answered 401', false, { query: TWO, answer: refuseOne }],
  ['403', false, { answer: () => faults.status(403) }],
  ['all is well', false, { answer: () => faults.json(GROUPS) }],
  ['nothing is asked of Cotalker', false, { query: '{ __typename }' }],
  ['nothing is asked, and no token sent', false, { query: '{ __typename }', token: null }],
];

describe.each(cases)(
  '%s',
  (_, isRefused, { query = LISTING, token = 'token', answer = refuse }) => {
    test.each([GRAPHQL, `${GRAPHQL}, application/json;q=0.9`])('Accept: %s', async (accept) => {
      const { ask } = stage(answer);
      const answered = await ask(query, { token, headers: { accept } });
      expect(seen(answered)).toEqual({
        status: isRefused ? 401 : 200,
        challenge: isRefused ? 'Bearer' : null,
        type: GRAPHQL,
      });
      // The body is that of any other answer.
      const { ask: askAgain } = stage(answer);
      expect(answered.body).toEqual((await askAgain(query, { token })).body);
      if (isRefused) expect(answered.codes).toEqual(['UNAUTHENTICATED']);
      if (token === null) expect(stage(answer).upstream.calls).toEqual([]);
    });

    test.each(['application/json', '*/*', undefined])('Accept: %s', async (accept) => {
      const { ask } = stage(answer);
      const headers = accept === undefined ? {} : { accept };
      const answered = seen(await ask(query, { token, headers }));
      const is401 = isRefused && answered.type === GRAPHQL;
      expect(answered).toMatchObject({
        status: is401 ? 401 : 200,
        challenge: is401 ? 'Bearer' : null,
      });
    });
  },
);

test('by GET as well, with what it cost', async () => {
  const { gateway } = stage(refuse);
  const response = await fetch(`${gateway.url}/graphql?query=${encodeURIComponent(LISTING)}`, {
    headers: { accept: GRAPHQL, authorization: 'Bearer token', 'x-explain': 'true' },
  });
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({
    data: { groups: null },
    extensions: { upstream: { calls: 1, requests: [{ status: 401, attempts: 1 }] } },
  });
  figure(
    'all calls 401',
    `HTTP 401 with WWW-Authenticate under ${GRAPHQL}, 200 under application/json`,
  );
});
