import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';

/** A Kubernetes object, loosely typed: test/tools/kubernetes.test.ts checks it against the API's types. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: any;
  readonly spec: any;
}

/**
 * The longest time that a stop takes beside SHUTDOWN_DELAY_MS and SHUTDOWN_TIMEOUT_MS, in milliseconds, and some to spare. The
 * last connections may take 2.1 s, the spans 2 s, and the log 1 s.
 */
export const REST_OF_STOP_MS = 6000;

const FOLDER = 'deploy/kubernetes';

/** The objects of deploy/kubernetes/, without its options. */
export const readManifests = (): Manifest[] =>
  readdirSync(FOLDER)
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => readObjects(file));

/** An object, or a part of one, of deploy/kubernetes/options/. */
export function readOption(name: string): Manifest {
  const [option, ...more] = readObjects(join('options', `${name}.yaml`));
  if (option === undefined || more.length > 0) throw new Error(`not one object in ${name}.yaml`);
  return option;
}

function readObjects(file: string): Manifest[] {
  return parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new AggregateError(document.errors, file);
    return document.toJS() as Manifest;
  });
}

/** The object once `kubectl patch` has put the patch in it: of lists, what has the same name is one. */
export const patched = (manifest: Manifest, patch: Manifest): Manifest =>
  merge(manifest, patch) as Manifest;

/** https://github.com/kubernetes/community/blob/master/contributors/devel/sig-api-machinery/strategic-merge-patch.md */
function merge(into: any, patch: any): unknown {
  if (Array.isArray(patch)) {
    const byKey = new Map((into ?? []).map((item: any) => [keyOf(item), item]));
    for (const item of patch) byKey.set(keyOf(item), merge(byKey.get(keyOf(item)), item));
    return [...byKey.values()];
  }
  if (typeof patch !== 'object') return patch;
  const entries = Object.entries(patch).map(([key, value]) => [key, merge(into?.[key], value)]);
  return { ...into, ...Object.fromEntries(entries) };
}

/** The key by which lists of volume mounts are merged is another than that of all others here. */
const keyOf = ({ mountPath, name }: any): unknown => mountPath ?? name;
