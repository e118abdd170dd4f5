import { expect, test } from '@jest/globals';
import { figure, LISTING, useSharedFaultStage } from '../support/fault-stage.ts';
import * as faults from '../support/faults.ts';

const { stage } = useSharedFaultStage();
const GRAPHQL = 'application/graphql-response+json';

test.each([
  ['answered 401', 'token', GRAPHQL],
  ['answered 401', 'token', 'application/json'],
  ['sent', null, GRAPHQL],
  ['sent', null, 'application/json'],
])('a token that is not %s (%s, %s): 200, since the answer has data', async (_, token, accept) => {
  const { ask, upstream } = stage(() => faults.status(401, {}, 'token expired'));
  const answered = await ask(LISTING, { token, headers: { accept } });
  expect(answered.status).toBe(200);
  expect(answered.headers.get('content-type')).toBe(`${accept}; charset=utf-8`);
  expect(answered.body.data).toEqual({ groups: null });
  expect(answered.codes).toEqual(['UNAUTHENTICATED']);
  expect(upstream.calls).toHaveLength(token === null ? 0 : 1);
  figure('all calls 401', '200 with UNAUTHENTICATED, by either media type');
});
