import type { Gateway, Question } from './types.ts';

/** An error of an answer. `extensions.code` says what to do; `path` says which field it made null. */
export interface GatewayError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: { readonly code: string; readonly retryAfter?: number };
}

export interface Answer<Data> {
  /** Missing if the gateway refused the request as a whole. */
  readonly data?: Data;
  readonly errors?: readonly GatewayError[];
}

/**
 * Sends one operation. An answer can have data and errors at once. Throws only if no answer comes.
 *
 * @param asked A query, or the id of a trusted document.
 */
export async function ask<Data>(
  { url, token }: Gateway,
  asked: string | Pick<Question, 'query' | 'documentId'>,
  variables: object = {},
): Promise<Answer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token()}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ ...(typeof asked === 'string' ? { query: asked } : asked), variables }),
  });
  return (await response.json()) as Answer<Data>;
}
