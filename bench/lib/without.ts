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
    file: src('cotalker/wire/client.ts'),
    text: 'createSameBytes(SAME_BYTES_MEMORY)',
    instead:
      '{ of: () => ({ body: undefined, read: async (_, __, parse) => (await parse()).value }) }',
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
  'accept-headers': {
    file: src('http/answer/media-types.ts'),
    text: 'known.get(key)',
    instead: 'undefined',
  },
  'log-batches': {
    file: src('observe/log/logger.ts'),
    text: 'minLength: BATCH_BYTES,',
    instead: '',
  },
};

/** The source without a mechanism. @throws Error where it does not have the mechanism's text exactly once. */
export function sourceWithout(name: string, source: string): string {
  const { file, text, instead } = mechanismOf(name);
  const [before = '', after, ...others] = source.split(text);
  if (after === undefined || others.length > 0)
    throw new Error(`${file} has no ${name} as the bench knows it`);
  return before + instead + after;
}

export function mechanismOf(name: string): Mechanism {
  const mechanism = MECHANISMS[name];
  if (mechanism !== undefined) return mechanism;
  throw new Error(`--without takes all, or one or more of: ${Object.keys(MECHANISMS).join(' ')}`);
}
