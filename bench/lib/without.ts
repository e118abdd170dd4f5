import { join } from 'node:path';
import { ROOT } from './paths.ts';

/** A mechanism that is there for speed, and how it is switched off: by another text in the place of one in its file. */
export interface Mechanism {
  readonly file: string;
  readonly text: string;
  readonly instead: string;
}

const src = (file: string): string => join(ROOT, 'src', file);

export const MECHANISMS: Readonly<Record<string, Mechanism>> = {
  'same-bytes': {
    file: src('cotalker/sharing/same-bytes.ts'),
    text: 'entry.bytes > this.#maxBytes / 4 || !this.#hasCome(entry.print)',
    instead: 'true',
  },
  'expected-body': {
    file: src('cotalker/sharing/same-bytes.ts'),
    text: 'bodies.lastOf(path)',
    instead: 'undefined',
  },
  readings: {
    file: src('cotalker/sharing/same-bytes.ts'),
    text: 'keepReadings(entry.value);',
    instead: '',
  },
  'list-sizes': {
    file: src('loaders/channel-list.ts'),
    text: 'session.sizes.of(key) > worth',
    instead: 'false',
  },
  selected: {
    file: src('graphql/selection.ts'),
    text: 'known.get(key)',
    instead: 'undefined',
  },
  compiled: { file: src('yoga.ts'), text: 'useCompiled(compileAfter),', instead: '' },
  'written-moments': {
    file: src('cotalker/records/moment.ts'),
    text: 'if (WRITTEN.test(value)) return value;',
    instead: '',
  },
  'log-batches': {
    file: src('observe/log/logger.ts'),
    text: 'minLength: BATCH_BYTES,',
    instead: '',
  },
};

/** The source without a mechanism. @throws Error where the mechanism is not in it as it is described here. */
export function sourceWithout(name: string, source: string): string {
  const { file, text, instead } = mechanismOf(name);
  if (!source.includes(text)) throw new Error(`${file} has no ${name} as the bench knows it`);
  return source.replace(text, instead);
}

export function mechanismOf(name: string): Mechanism {
  const mechanism = MECHANISMS[name];
  if (mechanism !== undefined) return mechanism;
  throw new Error(`--without takes one or more of: ${Object.keys(MECHANISMS).join(' ')}`);
}
