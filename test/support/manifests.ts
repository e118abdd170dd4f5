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

const FOLDER = 'deploy/kubernetes';

/** The objects of deploy/kubernetes/. */
export const readManifests = (): Manifest[] =>
  readdirSync(FOLDER).flatMap((file) =>
    parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((document) => {
      if (document.errors.length > 0) throw new AggregateError(document.errors, file);
      return document.toJS() as Manifest;
    }),
  );
