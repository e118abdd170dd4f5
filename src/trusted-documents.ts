import { readFileSync } from 'node:fs';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import * as z from 'zod';
import { ConfigError, type TrustedDocumentsConfig } from './config.ts';
import { requestError } from './errors.ts';
import { type FindDocument, textOnly } from './plugins/document-id.ts';
import { parseQuery } from './plugins/parse-query.ts';
import type { Validate } from './plugins/validation.ts';

/** What `persistedDocuments` of graphql-codegen's client preset writes: texts by their hash, whatever its kind. */
const manifest = z.record(z.string().min(1), z.string());
/** So many faulty documents are told at once. */
const MAX_PROBLEMS = 20;

/**
 * Reads the documents that clients may name by id, and checks each against the limits and the schema: what
 * would fail for every caller fails here, at the start. At each request all limits hold as for a text.
 *
 * Not `@graphql-yoga/plugin-persisted-operations`: it works on Yoga's parameters, where `direct-post.ts`
 * has no hook, takes its documents without looking at them, and knows no mode between all and none.
 *
 * @throws ConfigError where the file cannot be read or is no manifest, and for every document that is not
 *   valid; it names the file and the documents.
 */
export function openTrustedDocuments(
  { file, mode }: TrustedDocumentsConfig,
  schema: GraphQLSchema,
  validate: Validate,
): FindDocument {
  const documents = readManifest(file);
  const problems = documents
    .entries()
    .flatMap(([id, text]) => problemsOf(text, schema, validate).map((said) => `${id}: ${said}`))
    .take(MAX_PROBLEMS)
    .map((said) => `TRUSTED_DOCUMENTS names ${file}, which has a document that is refused, ${said}`)
    .toArray();
  if (problems.length > 0) throw new ConfigError(problems);

  return (asked) => {
    const { query, id } = asked;
    if (mode === 'mixed' && (query || id === undefined)) return textOnly(asked);
    if (query || id === undefined) throw onlyTrusted();
    const text = documents.get(plain(id));
    if (text === undefined) throw notFound();
    return text;
  };
}

/** An id without the algorithm ahead of the hash, which codegen writes and Apollo's clients do not. */
const plain = (id: string): string => id.replace(/^sha256:/, '');

function readManifest(file: string): ReadonlyMap<string, string> {
  const refuse = (why: string) =>
    new ConfigError([`TRUSTED_DOCUMENTS names ${file}, which ${why}`]);
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

/** What is wrong with a document, a sentence each. */
function problemsOf(text: string, schema: GraphQLSchema, validate: Validate): string[] {
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

/** The words are Apollo's: clients that send a hash first look for them, and send the text then. */
const notFound = (): GraphQLError =>
  requestError('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');

const onlyTrusted = (): GraphQLError =>
  requestError(
    'PERSISTED_QUERY_ONLY',
    'Only documents that the gateway knows are executed: send "documentId" alone, and no "query".',
  );
