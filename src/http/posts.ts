import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { ExecutionResult } from 'graphql';
import { isAsyncIterable, type Plugin, type YogaServerInstance } from 'graphql-yoga';
import type { FindDocument } from '../graphql/documents/document-id.ts';
import { MEDIA_TYPES, preferred } from '../graphql/execution/media-types.ts';
import { readPost, type Received } from './request/params.ts';

type Result = ExecutionResult | AsyncIterable<ExecutionResult> | undefined;

/** What Yoga is given with a request: perhaps what it has come to already, or why it cannot be executed. */
export interface Served extends Received {
  readonly outcome?: Promise<Result>;
}

type Yoga = YogaServerInstance<Served, object>;
export type Serve = (
  request: IncomingMessage,
  response: ServerResponse,
  received: Received,
) => void;

/**
 * Executes POSTs to the endpoint, and writes those answers that are whole and without an error. Yoga does all else: it
 * answers what cannot be executed, and writes what other results it is given.
 *
 * Through Yoga's HTTP layer a request takes three times as long beside its execution. That makes a `Request`, a
 * `Response`, a signal behind a proxy and a URL of each, and asks every plugin at every step.
 */
export const servePosts = (yoga: Yoga, findDocument: FindDocument): Serve => {
  const { getResultForParams } = yoga;
  return (message, response, received) => {
    const { body } = received;
    const giveToYoga = (served: Served): void => void yoga(message, response, served);
    if (message.method !== 'POST' || message.url !== '/graphql' || body === undefined) {
      giveToYoga(received);
      return;
    }
    const request = new Post(message.headers, response);
    const execute = async (): Promise<Result> => {
      const params = await readPost(request.headers, received, findDocument);
      // Hooks and resolvers ask a request for its headers, its method and its signal.
      return getResultForParams(
        { params, request: request as unknown as Request },
        { summary: received.summary },
      );
    };
    const outcome = execute();
    outcome
      .then((result) => {
        const type = preferred(message.headers.accept, ['json', 'graphql']);
        if (type === undefined || !isWhole(result)) giveToYoga({ ...received, outcome });
        else if (!response.destroyed) write(response, MEDIA_TYPES[type], JSON.stringify(result));
      })
      .catch(() => giveToYoga({ ...received, outcome }));
  };
};

/** Has Yoga write what a request has come to, in the place of reading and executing it again. */
export const useOutcome = (): Plugin<object, Served> => ({
  onRequestParse({ serverContext: { outcome }, setRequestParser }) {
    if (outcome !== undefined) setRequestParser(() => outcome.then(() => ({ query: '' })));
  },
  onParams: ({ context: { outcome }, setResult }) =>
    outcome?.then((result) => {
      if (result !== undefined) setResult(result);
    }),
});

const isWhole = (result: Result): result is ExecutionResult =>
  result !== undefined &&
  !isAsyncIterable(result) &&
  result.errors === undefined &&
  result.extensions?.['http'] === undefined;

function write(response: ServerResponse, type: string, text: string): void {
  response.writeHead(200, { 'content-type': type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** What is asked of a `Request`. */
class Post {
  readonly method = 'POST';
  readonly url = 'http://localhost/graphql';
  readonly headers: Pick<Headers, 'get'>;
  readonly signal: AbortSignal;

  constructor(headers: IncomingHttpHeaders, response: ServerResponse) {
    const controller = new AbortController();
    this.signal = controller.signal;
    this.headers = { get: (name) => headers[name]?.toString() ?? null };
    response.once('close', () => {
      if (!response.writableFinished) controller.abort();
    });
  }
}
