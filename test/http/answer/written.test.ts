import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from '@jest/globals';
import { overloaded } from '../../../src/errors.ts';
import { bodyOf, sendAnswer } from '../../../src/http/answer/send.ts';

/** The answer to a request whose second part the gateway refuses for now. */
async function answerTo(accept: string, hasWritten: boolean) {
  const server = createServer((_, response) => {
    const answer = { data: { a: { done: true }, b: null }, errors: [overloaded('requests', 2)] };
    const options = { accept, isOpen: false, hasWritten, heartbeatMs: 60_000, toText: bodyOf };
    void sendAnswer(response, answer, options);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const [json = ''] = /\{.*\}/.exec(await response.text()) ?? [];
  server.close();
  return {
    status: response.status,
    retryAfter: response.headers.get('retry-after'),
    body: JSON.parse(json),
  };
}

const error = { extensions: { code: 'OVERLOADED', retryAfter: 2 } };

test.each(['application/json', 'application/graphql-response+json', 'text/event-stream'])(
  'a request that has written is answered in full, so that nobody sends it again: %s',
  async (accept) => {
    expect(await answerTo(accept, true)).toMatchObject({
      ...{ status: 200, retryAfter: null },
      body: { data: { a: { done: true }, b: null }, errors: [error] },
    });
    const refused = await answerTo(accept, false);
    expect(refused).toMatchObject({ status: 503, retryAfter: '2', body: { errors: [error] } });
    expect(refused.body).not.toHaveProperty('data');
  },
);
