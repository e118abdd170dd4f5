import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

/*
 * GraphQL over HTTP (September 2026), "Status Codes", and what RFC 9110 has some statuses come with, held against every
 * answer that is recorded.
 */

const ANSWER = /^HTTP\/1\.1 (\d+) .*\n((?:.+\n)*)\n(.*)$/gm;
const ANSWERS = globSync(join(import.meta.dirname, 'recorded/*.http'))
  .flatMap((file) => [...readFileSync(file, 'utf8').matchAll(ANSWER)])
  .map(([, status, headers = '', body = '']) => ({ status: Number(status), headers, body }));

interface Told {
  readonly status: number;
  readonly hasData: boolean;
  readonly code: string | undefined;
}

/** The answers of a type, apart from those that are told by their length. */
const ofType = (type: string): Told[] =>
  ANSWERS.filter(({ headers }) => headers.includes(`content-type: ${type};`))
    .filter(({ body }) => /^\{"(data|errors)".*\}$/.test(body))
    .map(({ status, body }) => {
      const { data, errors } = JSON.parse(body.replaceAll('…', '1')) as Record<string, any>;
      const code = errors?.[0].extensions.code as string | undefined;
      return { status, hasData: data !== undefined, code };
    });

test('application/graphql-response+json: 2xx with `data`, and 4xx or 5xx without', () => {
  const answers = ofType('application/graphql-response+json');
  expect(answers.length).toBeGreaterThan(200);
  for (const answer of answers)
    expect([answer, answer.status < 300]).toEqual([answer, answer.hasData]);
});

test('application/json: 2xx wherever there was a GraphQL request, and no other', () => {
  const answers = ofType('application/json').filter(({ status }) => status !== 100);
  expect(answers.length).toBeGreaterThan(250);
  const isNone = /^(BAD_REQUEST|REQUEST_ENTITY_TOO_LARGE|OVERLOADED)$/;
  for (const answer of answers) {
    const isRequest = answer.hasData || !isNone.test(answer.code ?? '');
    expect([answer, answer.status < 300]).toEqual([answer, isRequest]);
  }
});

test.each([
  [405, /^allow: [A-Z, ]+$/m],
  [302, /^location: /m],
  [304, /^etag: /m],
])('%d comes with what it must', (status, pattern) => {
  const answers = ANSWERS.filter((answer) => answer.status === status);
  for (const { headers, body } of answers) expect(headers + body).toMatch(pattern);
});

test('a refusal for overload says when to come again', () => {
  const answers = ANSWERS.filter(({ body }) => body.includes('"OVERLOADED"'));
  expect(answers.length).toBeGreaterThan(5);
  for (const { status, headers } of answers)
    expect([status, headers]).toEqual([503, expect.stringMatching(/^retry-after: /m)]);
});

test('no answer is 401: what has no token has `data`', () => {
  expect(ANSWERS.filter(({ status }) => status === 401)).toEqual([]);
});
