import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig, VARIABLES } from '../../src/config/index.ts';
import { environmentOf, readDockerfile, stepsOf } from '../support/dockerfile.ts';
import { REST_OF_STOP_MS } from '../support/manifests.ts';

const { services } = parse(readFileSync('compose.yaml', 'utf8'));
const { gateway, redis } = services;
const config = readConfig({ ...environmentOf(readDockerfile().at(-1)), ...gateway.environment });

test('there is the gateway, and the Redis that it may use', () => {
  expect(Object.keys(services)).toEqual(['gateway', 'redis']);
  expect(config.redisUrl).toBe('redis://redis:6379');
  // It serves without.
  expect(gateway.depends_on).toBeUndefined();
  expect(existsSync(`${gateway.build as string}/Dockerfile`)).toBe(true);
});

test('the image is of this version', () => {
  const { name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(gateway.image).toBe(`${name}:${version}`);
});

test('the variables are ones of the configuration, and the port leads to the gateway', () => {
  expect(Object.keys(gateway.environment).filter((name) => !(name in VARIABLES))).toEqual([]);
  expect(config.host).toBe('0.0.0.0');
  // On loopback alone: what is started like this is for one's own machine.
  expect(gateway.ports).toEqual([
    `127.0.0.1:4000:${config.port}`,
    `127.0.0.1:9464:${config.admin?.port}`,
  ]);
  expect(config.admin?.host).toBe('0.0.0.0');
});

test('the container has the time to stop that the gateway takes by default, at the worst', () => {
  const { delayMs, timeoutMs } = config.shutdown;
  expect(gateway.stop_grace_period).toMatch(/^\d+s$/);
  expect(parseInt(gateway.stop_grace_period) * 1000).toBeGreaterThanOrEqual(
    delayMs + timeoutMs + REST_OF_STOP_MS,
  );
});

test.each([gateway, redis])('each may do as little as it needs', (service) => {
  expect(service).toMatchObject({
    ...{ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] },
  });
  expect(service.logging).toMatchObject({
    ...{ driver: 'json-file', options: { 'max-size': '10m', 'max-file': '5' } },
  });
  expect(service.mem_limit).toMatch(/^\d+[mg]$/);
});

test('Redis is not root, reached by nobody else, bounded, watched, and keeps nothing', () => {
  expect(redis.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
  expect([redis.ports, redis.volumes]).toEqual([undefined, undefined]);
  expect(redis.healthcheck.test).toEqual(['CMD', 'redis-cli', 'ping']);
  const [program, ...options] = redis.command as string[];
  expect(program).toBe('redis-server');
  const set = Object.fromEntries(
    options.flatMap((name, n) => (n % 2 === 0 ? [[name, options[n + 1]]] : [])),
  );
  expect(set).toEqual({
    ...{ '--save': '', '--appendonly': 'no' },
    ...{ '--maxmemory': '256mb', '--maxmemory-policy': 'volatile-lru' },
  });
  expect(parseInt(redis.mem_limit)).toBeGreaterThan(parseInt(set['--maxmemory'] ?? ''));
});

test('a file of trusted documents has the same relative path outside and inside, and cannot be written', () => {
  const [volume, ...more] = gateway.volumes;
  const [outside, inside, mode] = volume.split(':');
  expect([more, mode]).toEqual([[], 'ro']);
  const [workingFolder = ''] = stepsOf(readDockerfile().at(-1), 'WORKDIR').at(-1)?.words ?? [];
  expect(join(workingFolder, outside)).toBe(inside);
  // Docker would make one that is missing, and it would be root's.
  expect(existsSync(outside)).toBe(true);
  const [, example = ''] =
    /^# TRUSTED_DOCUMENTS=(.+)$/m.exec(readFileSync('.env.example', 'utf8')) ?? [];
  expect(dirname(example)).toBe(outside);
  expect(readConfig({ TRUSTED_DOCUMENTS: example }).trustedDocuments?.file).toBe(example);
});
