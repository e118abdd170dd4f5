/** A subscription over server-sent events, as a front end reads it. */
export interface Events {
  readonly status: number;
  /** Resolves to the next event's result; undefined: it has ended, with `complete` or without. */
  next(): Promise<any>;
  /** Whether it ended with `complete`. */
  readonly isComplete: boolean;
  /** Goes away without a word. */
  leave(): void;
}

export interface SubscribeOptions {
  readonly token?: string | null;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly accept?: string;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

export async function subscribe(
  url: string,
  query: string,
  {
    token = 'sandbox-user',
    variables = {},
    accept = 'text/event-stream',
    headers = {},
  }: SubscribeOptions = {},
): Promise<Events> {
  const leaving = new AbortController();
  const { status, body } = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: {
      accept,
      'content-type': 'application/json',
      ...(token !== null && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
    signal: leaving.signal,
  });
  if (body === null) throw new Error(`no body, status ${status}`);
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';
  let isComplete = false;

  const next = async (): Promise<any> => {
    for (;;) {
      const end = unread.indexOf('\n\n');
      if (end >= 0) {
        const event = unread.slice(0, end);
        unread = unread.slice(end + 2);
        if (event.startsWith('event: complete')) isComplete = true;
        const data = /^event: next\ndata: (.*)$/s.exec(event)?.[1];
        if (data !== undefined) return JSON.parse(data) as unknown;
        continue;
      }
      const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
      if (done || value === undefined) return undefined;
      unread += value;
    }
  };
  return {
    status,
    next,
    get isComplete() {
      return isComplete;
    },
    leave: () => leaving.abort(),
  };
}
