import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { SUPERGRAPH } from './hive.ts';
import { BENCH, NODE, ROOT, WORK } from './paths.ts';

/** Installs, compiles and composes what is missing, and prints every command that it runs. */
export function setUp(): void {
  mkdirSync(WORK, { recursive: true });
  const lock = join(BENCH, 'package-lock.json');
  if (isOlder(join(BENCH, 'node_modules/.package-lock.json'), lock)) {
    // The registry's tarballs are all that is needed: no package's install script runs.
    run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  if (!isInstalled('gcc')) {
    run('apt-get', ['update']);
    run('apt-get', ['install', '-y', '--no-install-recommends', 'gcc', 'libc6-dev']);
  }
  for (const name of ['stub', 'load']) {
    const source = join(BENCH, `native/${name}.c`);
    const program = join(WORK, name);
    if (isOlder(program, source)) run('gcc', ['-O2', '-Wall', '-o', program, source]);
  }
  const config = join(BENCH, 'peers/hive/mesh.config.ts');
  if (isOlder(SUPERGRAPH, lock) || isOlder(SUPERGRAPH, config)) {
    const compose = join(BENCH, 'node_modules/@graphql-mesh/compose-cli/esm/bin.js');
    run(NODE, [compose, '-c', config, '-o', SUPERGRAPH]);
  }
}

/** Makes the bundle of the gateway anew. */
export const build = (): void => run(NODE, [join(ROOT, 'scripts/build.ts')], ROOT);

const isOlder = (target: string, source: string): boolean =>
  !existsSync(target) || statSync(target).mtimeMs < statSync(source).mtimeMs;

const isInstalled = (command: string): boolean =>
  spawnSync('sh', ['-c', `command -v ${command}`]).status === 0;

function run(command: string, args: readonly string[], cwd = BENCH): void {
  process.stdout.write(`$ ${command} ${args.join(' ')}\n`);
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} failed`);
}
