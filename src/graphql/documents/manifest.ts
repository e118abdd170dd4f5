import { readFileSync } from 'node:fs';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import * as z from 'zod';
import { ConfigError } from '../../config/index.ts';
import { parseQuery } from '../limits/parse-query.ts';
import type { Validate } from '../validation/index.ts';

/** What `persistedDocuments` of graphql-codegen's client preset writes: texts by their hash, whatever its kind. */
const manifest = z.record(z.string().min(1), z.string());

/** The limits for documents. */
export interface Rules {
  readonly schema: GraphQLSchema;
  readonly validate: Validate;
}

/** Removes the algorithm before the hash of an id: codegen writes it, Apollo's clients do not. */
export const plain = (id: string): string => id.replace(/^sha256:/, '');

/**
 * Reads the documents of a file, by their ids without the algorithm.
 *
 * @param says The name of the file in error messages.
 * @throws ConfigError if it cannot be read or is not a manifest.
 */
export function readManifest(file: string, says: string): ReadonlyMap<string, string> {
  const refuse = (why: string) => new ConfigError([`${says} ${file}, which ${why}`]);
  let text;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw refuse(`cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown'})`);
  }
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    throw refuse('is not JSON');
  }
  const { data } = manifest.safeParse(content);
  if (data === undefined) throw refuse('must hold one object, of documents by their hash');
  return new Map(Object.entries(data).map(([id, document]) => [plain(id), document]));
}

/** What is wrong with a document, one sentence for each fault. */
export function problemsOf(text: string, { schema, validate }: Rules): string[] {
  try {
    return validate(schema, parseQuery(text)).map(describe);
  } catch (error) {
    if (error instanceof GraphQLError) return [describe(error)];
    throw error;
  }
}

const describe = ({ message, locations = [] }: GraphQLError): string =>
  [
    message,
    ...locations.slice(0, 1).map(({ line, column }) => `(line ${line}, column ${column})`),
  ].join(' ');
