import { ConfigError, type TrustedDocumentsConfig } from '../../config/index.ts';
import { type FindDocument, textOnly } from './document-id.ts';
import type { Redis } from '../../redis/connection.ts';
import { notFound, onlyTrusted } from './refusals.ts';
import { plain, problemsOf, readManifest, type Rules } from './manifest.ts';
import { createSharedDocuments } from './in-redis.ts';

/** The most wrong documents in one error. */
const MAX_PROBLEMS = 20;

/**
 * Opens the documents that clients may name by id. Documents of a file are checked against the limits and the
 * schema at the start, so what would fail for every caller fails here. At each request, all limits hold as for a
 * text, for both kinds of documents.
 *
 * Not `@graphql-yoga/plugin-persisted-operations`: it works on Yoga's parameters, where `graphql.ts` has no hook,
 * does not check its documents, and has no mode between all and none.
 *
 * @param redis The Redis that holds documents, if they are not in a file.
 * @throws ConfigError if the file cannot be read or is not a manifest, and for documents that are not valid. It
 *   names the file and the documents.
 */
export function openTrustedDocuments(
  { file, mode }: TrustedDocumentsConfig,
  rules: Rules,
  redis: Redis | undefined,
): FindDocument {
  const find = file === undefined ? findShared(redis) : findInFile(file, rules);
  return (asked) => {
    const { query, id } = asked;
    if (mode === 'mixed' && (query || id === undefined)) return textOnly(asked);
    if (query || id === undefined) throw onlyTrusted();
    return find(plain(id));
  };
}

function findShared(redis: Redis | undefined): (id: string) => string {
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
