import { loadEnv } from '../../config/file.ts';
import { ConfigError, readToolConfig } from '../../config/index.ts';
import { createValidate } from '../validation/index.ts';
import { withRedis } from '../../redis/briefly.ts';
import { RedisError } from '../../redis/state.ts';
import { createGatewaySchema } from '../schema.ts';
import { isHashOf, keyOf, MAX_DOCUMENT_BYTES } from './in-redis.ts';
import { problemsOf, readManifest } from './trusted.ts';

const USAGE = 'Usage: npm run documents:push -- <operations.json>, with REDIS_URL set.';

/**
 * Stores the documents of a manifest in Redis: all of them, or none if one is wrong. Documents that are there stay,
 * because clients of an older version still use them.
 *
 * @returns The number of documents in the file.
 * @throws ConfigError for what is wrong; RedisError if Redis does not store them.
 */
async function push(file: string): Promise<number> {
  const { redisUrl, introspection } = readToolConfig();
  if (redisUrl === undefined) throw new ConfigError(['REDIS_URL must be set']);
  const documents = readManifest(file, 'The manifest is');
  const rules = { schema: createGatewaySchema(), validate: createValidate({ introspection }) };
  const problems = [...documents].flatMap(([id, text]) => [
    ...(isHashOf(id, text) ? [] : [`${id}: the id must be the SHA-256 or SHA-1 of the document`]),
    ...(Buffer.byteLength(text) > MAX_DOCUMENT_BYTES ? [`${id}: the document is too long`] : []),
    ...problemsOf(text, rules).map((said) => `${id}: ${said}`),
  ]);
  if (problems.length > 0) throw new ConfigError(problems);
  const pairs = [...documents].flatMap(([id, text]) => [keyOf(id), text]);
  if (pairs.length === 0) throw new ConfigError(['The manifest has no documents']);
  await withRedis(redisUrl, (send) => send(['MSET', ...pairs]));
  return documents.size;
}

const [file, ...more] = process.argv.slice(2);
try {
  loadEnv();
  if (file === undefined || more.length > 0) throw new ConfigError([USAGE]);
  const count = await push(file);
  process.stdout.write(`Documents in Redis: ${count} of ${file}, beside those that were there.\n`);
} catch (error) {
  const isTold = error instanceof ConfigError || error instanceof RedisError;
  const said = error instanceof ConfigError ? error.problems.join('\n') : String(error);
  process.stderr.write(`${isTold ? said : 'The documents could not be pushed.'}\n`);
  process.exitCode = 1;
}
