import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { validate } from 'dockerfile-utils';
import { readConfig, VARIABLES } from '../../src/config/index.ts';
import { environmentOf, readDockerfile, stepsOf } from '../support/dockerfile.ts';

const stages = readDockerfile();
const image = stages.at(-1);

test('the linter has nothing to say', () => {
  expect(validate(readFileSync('Dockerfile', 'utf8'))).toEqual([]);
});

test('every stage is of the Node that the project runs on', () => {
  const version = readFileSync('.node-version', 'utf8').trim();
  expect(stages.map((stage) => stage.image)).toEqual(stages.map(() => `node:${version}-slim`));
});

test('what is copied is there and let through by .dockerignore, and nothing else is let through', () => {
  const copied = stages
    .flatMap((stage) => stepsOf(stage, 'COPY'))
    .filter(({ from }) => from === undefined)
    .flatMap(({ words }) => words.slice(0, -1));
  expect(copied.filter((source) => !existsSync(source))).toEqual([]);
  const rules = readFileSync('.dockerignore', 'utf8').match(/^[^#\n].*$/gm) ?? [];
  expect(rules[0]).toBe('*');
  expect(rules.slice(1).toSorted()).toEqual([...new Set(copied)].map((name) => `!${name}`).sort());
});

test('no script of a package runs, and the image itself has no packages: it takes what is built', () => {
  const runs = stages.flatMap((stage) => stepsOf(stage, 'RUN')).map(({ words }) => words);
  expect(runs).toEqual([
    expect.arrayContaining(['npm', 'ci', '--ignore-scripts']),
    ['node', 'scripts/build.ts'],
  ]);
  expect(stepsOf(image, 'RUN')).toEqual([]);
});

test('the command and the health check run as they are, without a shell that would keep the signals', () => {
  for (const keyword of ['CMD', 'HEALTHCHECK']) {
    expect(stepsOf(image, keyword)).toEqual([expect.objectContaining({ isExec: true })]);
    expect(stepsOf(image, keyword)[0]?.words[0]).toBe('node');
  }
  expect(stepsOf(image, 'ENTRYPOINT')).toEqual([]);
});

test('the command is that of npm run start:built, whose flags are those of npm start, and so is the one for others', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(stepsOf(image, 'CMD')[0]?.words.join(' ')).toBe(scripts['start:built']);
  expect(scripts['start:built']).toBe(
    scripts.start.replace('src/main.ts', '--enable-source-maps dist/main.js'),
  );
  expect(readFileSync('docs/operating.md', 'utf8')).toContain(
    `\`./node_modules/.bin/${scripts['start:built']}\``,
  );
});

test('the user is not root, and given by number', () => {
  expect(stepsOf(image, 'USER').map(({ words }) => words)).toEqual([['1000:1000']]);
});

test('the variables that it sets are ones of the configuration, and fit one another', () => {
  const { NODE_ENV, NODE_COMPILE_CACHE, ...others } = environmentOf(image);
  expect(NODE_ENV).toBe('production');
  const [folder] = stepsOf(image, 'WORKDIR')[0]?.words ?? [];
  expect(NODE_COMPILE_CACHE).toBe(`${folder}/dist/compiled`);
  expect(Object.keys(others).filter((name) => !(name in VARIABLES))).toEqual([]);
  expect(others['HOST']).toBe('0.0.0.0');
  expect(others['ADMIN_HOST']).toBe('0.0.0.0');
  expect(stepsOf(image, 'EXPOSE')[0]?.words).toEqual([others['PORT'], others['ADMIN_PORT']]);
  // For users it has an upstream, or does not start.
  expect(() => readConfig(environmentOf(image))).toThrow('COTALKER_API_URL must be set');
});
