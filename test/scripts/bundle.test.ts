import { expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { BUNDLE } from '../../scripts/bundle.ts';

test('graphql is in the bundle once, in ES modules, so that no file has a copy of its names', async () => {
  const { metafile } = await build({ ...BUNDLE, outdir: 'dist', write: false, metafile: true });
  const files = Object.keys(metafile.inputs).filter((path) => /node_modules\/graphql\//.test(path));
  expect(new Set(files.map((path) => /\.\w+$/.exec(path)?.[0]))).toEqual(new Set(['.mjs']));
});
