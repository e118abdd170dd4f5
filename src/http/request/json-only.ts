import { GraphQLError } from 'graphql';
import type { Plugin } from 'graphql-yoga';

/**
 * Takes POST bodies as `application/json` alone. A browser sends form-encoded, multipart and plain text
 * across sites without asking first (Fetch, "CORS-safelisted request-header"), so a page elsewhere could
 * run queries in a user's name; Yoga parses some of these unless told otherwise.
 */
export const useJsonOnly = (): Plugin => ({
  onRequestParse({ request, setRequestParser }) {
    if (request.method !== 'POST' || isJson(request.headers.get('content-type'))) return;
    setRequestParser(() => {
      throw new GraphQLError('POST bodies must be application/json.', {
        extensions: { code: 'BAD_REQUEST', http: { status: 415 } },
      });
    });
  },
});

/** No wider than Yoga's own test: what only ours took would be answered without a word. */
const isJson = (contentType: string | null): boolean =>
  /^application\/json(?:;|$)/.test(contentType ?? '');
