import { readFileSync } from 'node:fs';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import * as z from 'zod';
import { ConfigError, type TrustedDocumentsConfig } from '../../config/index.ts';
import { parseQuery } from '../limits/parse-query.ts';
import type { Redis } from '../../redis/connection.ts';
import type { Validate } from '../validation/index.ts';
import { type FindDocument, notFound, onlyTrusted } from './document-id.ts';
import { createSharedDocuments } from './in-redis.ts';

interface Rules {
  readonly schema: GraphQLSchema;
  readonly validate: Validate;
}

const MAX_PROBLEMS = 20;

/**
 * Opens the documents that clients may name by id. Those of a file are checked at the start, so what would fail for
 * every caller fails here. At each request, all limits hold as for a text.
 *
 * Not `@graphql-yoga/plugin-persisted-operations`: it does not check its documents, and has no mode between all and
 * none.
 *
 * @param redis Holds the documents, if they are not in a file.
 * @throws ConfigError if the file cannot be read or is not a manifest, and for documents that are not valid.
 */
export function openTrustedDocuments(
  { file, mode }: TrustedDocumentsConfig,
  rules: Rules,
  redis: Redis | undefined,
): FindDocument {
  const find = file === undefined ? findShared(redis) : findInFile(file, rules);
  return ({ query, id }) => {
    if (mode === 'mixed' && (query || id === undefined)) return undefined;
    if (query || id === undefined) throw onlyTrusted();
    return find(plain(id));
  };
}

function findShared(redis: Redis | undefined): ReturnType<typeof createSharedDocuments> {
  if (redis === undefined) throw new ConfigError(['TRUSTED_DOCUMENTS=redis takes REDIS_URL']);
  return createSharedDocuments(redis);
}

function findInFile(file: string, rules: Rules): (id: string) => string {
  const documents = readManifest(file, 'TRUSTED_DOCUMENTS names');
  const problems = documents
    .entries()
    .flatMap(([id, text]) => problemsOf(text, rules).map((said) => `${id}: ${said}`))
    .take(MAX_PROBLEMS)
    .map((said) => `TRUSTED_DOCUMENTS names ${file}, which has a document that is refused, ${said}`)
    .toArray();
  // An empty manifest would answer nobody, and look like a working setup.
  if (documents.size === 0)
    problems.push(`TRUSTED_DOCUMENTS names ${file}, which has no documents`);
  if (problems.length > 0) throw new ConfigError(problems);
  return (id) => {
    const text = documents.get(id);
    if (text === undefined) throw notFound();
    return text;
  };
}

/** What `persistedDocuments` of graphql-codegen's client preset writes: texts by their hash, whatever its kind. */
const ofCodegen = z.record(z.string().min(1), z.string());
const ofApollo = z
  .object({
    format: z.literal('apollo-persisted-query-manifest'),
    version: z.literal(1),
    operations: z.array(z.object({ id: z.string().min(1), body: z.string() })),
  })
  .transform(({ operations }) => Object.fromEntries(operations.map(({ id, body }) => [id, body])));
const manifest = z.union([ofApollo, ofCodegen]);

/** Removes the algorithm before the hash of an id: codegen writes it, Apollo's clients do not. */
export const plain = (id: string): string => id.replace(/^sha256:/, '');

/**
 * @param says The name of the file in error messages.
 * @returns The documents by their ids, without the algorithm.
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
  if (data === undefined)
    throw refuse("must hold documents as graphql-codegen's or Apollo's tools write them");
  return new Map(Object.entries(data).map(([id, document]) => [plain(id), document]));
}

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
