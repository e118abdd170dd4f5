import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type AuditResult, serverAudits } from 'graphql-http';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { answerWith, startUpstream, type StubUpstream } from '../support/upstream.ts';

let upstream: StubUpstream;
beforeAll(async () => {
  upstream = await startUpstream(answerWith({}));
});
afterAll(async () => {
  await upstream.close();
});

/**
 * Audits the program as it ships, whose limits are on by default, with those that are not turned on as well.
 * https://github.com/graphql/graphql-http#audits
 */
async function audit(env: Readonly<Record<string, string>>): Promise<AuditResult[]> {
  const gateway = await startGatewayProcess(upstream.url, {
    ...{ LOG_LEVEL: 'silent', MAX_QUERY_COST: '1', CORS_ORIGINS: 'https://app.example.com' },
    ...env,
  });
  const results = [];
  for (const { fn } of serverAudits({ url: `${gateway.url}/graphql`, fetchFn: fetch })) {
    results.push(await fn());
  }
  await gateway.close();
  return results;
}

test('the GraphQL-over-HTTP audit passes in full, with every protection on', async () => {
  const results = await audit({});
  expect(results.filter(({ status }) => status !== 'ok').map(({ name }) => name)).toEqual([]);

  const levels = Object.groupBy(results, ({ name }) => name.split(' ')[0] ?? '');
  const counts = Object.fromEntries(
    Object.entries(levels).map(([level, audits]) => [level, audits?.length]),
  );
  process.stdout.write(`graphql-http audit, all ok: ${JSON.stringify(counts)}\n`);
  expect(counts).toEqual({ MUST: 13, SHOULD: 23, MAY: 25 });
});

test('without introspection all but the four that ask by it for a type, to have a variable', async () => {
  const failed = (await audit({ INTROSPECTION: 'off' })).filter(({ status }) => status !== 'ok');
  expect(failed).toHaveLength(4);
  for (const { name } of failed) expect(name).toContain('{variables} parameter');
});
