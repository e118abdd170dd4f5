import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { createSandbox, type Sandbox } from '../../sandbox/index.ts';
import { figure } from '../support/fault-stage.ts';
import { type GatewayProcess, startGatewayProcess } from '../support/gateway-process.ts';
import { openRaw, rawPost } from '../support/raw.ts';
import { range } from '../support/stage.ts';

const QUERY = '{ groups(first: 1) { totalCount } }';

const statusOf = (url: string): Promise<number | string> =>
  fetch(url).then(
    ({ status }) => status,
    () => 'refused',
  );

let sandbox: Sandbox;
let program: GatewayProcess;
afterEach(async () => {
  await program.close();
  await sandbox.close();
});

test('SHUTDOWN_DELAY_MS: meanwhile all is served, each answer ends its connection, /ready is 503', async () => {
  sandbox = await createSandbox();
  // Long enough for all that is asked meanwhile.
  program = await startGatewayProcess(sandbox.url, { SHUTDOWN_DELAY_MS: '3000' });
  const kept = await openRaw(program.url);
  kept.write(rawPost(QUERY));
  await kept.until(/totalCount/);
  expect(kept.received).not.toMatch(/connection: close/i);
  program.signal('SIGTERM');
  while (!program.output().includes('"msg":"stopping')) await sleep(5);

  expect(await statusOf(`${program.url}/ready`)).toBe(503);
  expect(await statusOf(`${program.url}/health`)).toBe(200);
  kept.write(rawPost(QUERY));
  expect(await kept.until(/totalCount.*totalCount/s)).toMatch(/\r\nconnection: close\r\n/i);
  await kept.closed;
  expect(await program.ended).toBe(0);
  expect(await statusOf(`${program.url}/ready`)).toBe('refused');
  kept.socket.destroy();
});

const CALLERS = 100;
const RUNS = 3;

/** What became of a request: `right`, `ECONNREFUSED` and the like, or what else came. */
function ask(agent: Agent, url: string, caller: number): Promise<string> {
  // Nobody else asks in these words.
  const name = `caller${caller}`;
  const body = JSON.stringify({
    query: `{ ${name}: groups(first: ${caller + 1}) { totalCount } }`,
  });
  const headers = { authorization: 'Bearer sandbox-user', 'content-type': 'application/json' };
  return new Promise((resolve) => {
    const post = request(`${url}/graphql`, { agent, method: 'POST', headers });
    post.on('error', ({ code }: NodeJS.ErrnoException) => resolve(String(code)));
    post.on('response', (response) => {
      let text = '';
      response.on('data', (part: Buffer) => (text += part.toString()));
      response.on('error', () => resolve('cut'));
      response.on('end', () => {
        const isRight = text.startsWith(`{"data":{"${name}":{"totalCount":`);
        resolve(response.statusCode === 200 && isRight ? 'right' : text);
      });
    });
    post.end(body);
  });
}

test.each(range(RUNS))(
  '100 callers who ask again at once, and again: none is lost as the signal comes (%d)',
  async () => {
    sandbox = await createSandbox({ latencyMs: 5 });
    program = await startGatewayProcess(sandbox.url, { LOG_LEVEL: 'warn' });
    const { url } = program;
    const agent = new Agent({ keepAlive: true });
    const outcomes: string[] = [];
    const callers = range(CALLERS).map(async (caller) => {
      for (;;) {
        const outcome = await ask(agent, url, caller);
        outcomes.push(outcome);
        if (outcome === 'ECONNREFUSED') return;
      }
    });
    while (outcomes.length < 10 * CALLERS) await sleep(5);
    program.signal('SIGTERM');
    await Promise.all(callers);
    expect(await program.ended).toBe(0);
    agent.destroy();

    const others = outcomes.filter((outcome) => outcome !== 'right');
    figure(
      `lost of ${CALLERS} callers in a closed loop on SIGTERM`,
      String(others.filter((outcome) => outcome !== 'ECONNREFUSED').length),
    );
    // Each asks until nobody listens any more.
    expect(others).toEqual(Array(CALLERS).fill('ECONNREFUSED'));
  },
);
