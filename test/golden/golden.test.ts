import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { specifiedRules } from 'graphql';
import { type Gateways, startGateways } from './gateways.ts';
import { AREAS } from './requests/index.ts';
import { RULES } from './requests/validation.ts';
import { tell } from './send.ts';

/*
 * What the gateway answers, byte for byte: requests are in `requests/`, and what they are answered in `recorded/`.
 * A change that is meant is recorded anew by `npm run golden:record`, and reviewed as the change of that file.
 */

const IS_RECORDING = process.env['GOLDEN'] === 'record';
const fileOf = (area: string): string => join(import.meta.dirname, 'recorded', `${area}.http`);

/** What is recorded of an area, by name. */
const read = (area: string): Map<string, string> => {
  const text = existsSync(fileOf(area)) ? readFileSync(fileOf(area), 'utf8') : '';
  return new Map(
    text
      .split(/^### /m)
      .slice(1)
      .map((entry) => {
        const [name = ''] = entry.split('\n', 1);
        return [name, entry.slice(name.length + 1).replace(/\n\n$/, '')];
      }),
  );
};
const write = (area: string, told: ReadonlyMap<string, string>): void =>
  writeFileSync(fileOf(area), [...told].map(([name, text]) => `### ${name}\n${text}\n\n`).join(''));

let gateways: Gateways;
beforeAll(async () => {
  gateways = await startGateways();
});
afterAll(() => gateways.close());

describe.each(Object.entries(AREAS))('%s', (area, exchanges) => {
  const recorded = read(area);
  const told = new Map<string, string>();
  afterAll(() => {
    if (IS_RECORDING) write(area, told);
  });

  test.each(exchanges)('$name', async (exchange) => {
    const { sandbox } = gateways;
    sandbox.reset();
    if (exchange.fault) sandbox.fail(exchange.fault);
    told.set(exchange.name, await tell(gateways.urlOf(exchange.gateway ?? 'open'), exchange));
    if (!IS_RECORDING) expect(told.get(exchange.name)).toBe(recorded.get(exchange.name));
  });

  test('each name is there once, and nothing else is recorded', () => {
    const names = exchanges.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    if (!IS_RECORDING) expect([...recorded.keys()]).toEqual(names);
  });
});

test('each rule of validation is broken by a query', () => {
  expect(Object.keys(RULES).toSorted()).toEqual(specifiedRules.map(({ name }) => name).toSorted());
});
