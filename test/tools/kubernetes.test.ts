import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Manifest, patched, readManifests, readOption } from '../support/manifests.ts';

const plain = readManifests();
const withDocuments = plain
  .filter(({ kind }) => kind === 'Deployment')
  .map((deployment) => patched(deployment, readOption('trusted-documents')));
const manifests = [...plain, ...withDocuments, readOption('pod-monitor')];

/** Where an API group has its types. */
const moduleOf = ({ apiVersion }: Manifest): string =>
  apiVersion.startsWith('monitoring.coreos.com/')
    ? `@kubernetes-models/prometheus-operator/${apiVersion}`
    : `kubernetes-models/${apiVersion}`;

test.each(manifests)('$kind: each value is what the API takes', async (manifest) => {
  const models = await import(moduleOf(manifest));
  const model = new models[manifest.kind](manifest);
  expect(() => model.validate()).not.toThrow();
  const broken = new models[manifest.kind]({ ...manifest, metadata: { name: 5 } });
  expect(() => broken.validate()).toThrow('name must be string');
});

/** The compiler's complaints about the objects, as literals of their types: there no field may be unknown. */
function complaintsAbout(objects: readonly Manifest[]): string {
  const file = join(import.meta.dirname, '.manifests.ts');
  const lines = objects.map(
    (object, index) =>
      `import type { I${object.kind} as T${index} } from '${moduleOf(object)}';\n` +
      `export const object${index}: T${index} = ${JSON.stringify(object, null, 1)};\n`,
  );
  writeFileSync(file, lines.join(''));
  const options = ['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig'];
  const target = ['--module', 'nodenext', '--target', 'es2024', '--types', 'node'];
  const compiler = join(process.cwd(), 'node_modules/typescript/bin/tsc');
  const { stdout } = spawnSync(process.execPath, [compiler, ...options, ...target, file], {
    encoding: 'utf8',
  });
  rmSync(file);
  return stdout;
}

test('no object has a field that the API does not know', () => {
  expect(complaintsAbout(manifests)).toBe('');
  const misspelt = manifests.map(({ spec, ...rest }) => ({ ...rest, spec: { ...spec, oops: 1 } }));
  const told = complaintsAbout(misspelt).match(/"oops"' does not exist/g) ?? [];
  expect(told).toHaveLength(manifests.length);
});
