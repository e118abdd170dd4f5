/** A part of an answer: all that is there at once, or what follows. */
interface Part {
  readonly data?: object;
  readonly hasNext?: boolean;
  readonly incremental?: readonly Piece[];
}

interface Piece {
  readonly data?: object;
  readonly items?: readonly object[];
  readonly path: readonly (string | number)[];
  readonly label?: string;
}

/** Each part of an answer, as soon as it is there. */
async function* partsOf(response: Response): AsyncGenerator<Part> {
  const type = response.headers.get('content-type') ?? '';
  const [, boundary = ''] = /boundary="(.*?)"/.exec(type) ?? [];
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    const parts = (text + chunk).split(`\r\n--${boundary}`);
    text = parts.pop() ?? '';
    for (const part of parts) {
      const [, json] = part.split('\r\n\r\n');
      if (json !== undefined) yield JSON.parse(json) as Part;
    }
  }
}

/** The items of a list one by one: Relay takes each by its own path. */
const oneByOne = ({ items, path, ...piece }: Piece): object[] =>
  items?.map((data, n) => ({
    ...{ ...piece, data },
    path: [...path.slice(0, -1), Number(path.at(-1)) + n],
  })) ?? [{ ...piece, path }];

/**
 * Asks for an answer in parts, and gives what Relay takes from its network layer: first the answer, then each piece by
 * its label and path. Relay leaves that to its users.
 */
export async function* fetchPieces(
  url: string,
  headers: Readonly<Record<string, string>>,
  params: { readonly query: string; readonly variables: object },
): AsyncGenerator<object> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      ...{ ...headers, 'content-type': 'application/json' },
      accept: 'multipart/mixed;deferSpec=20220824, application/json',
    },
    body: JSON.stringify(params),
  });
  for await (const { hasNext, incremental, ...whole } of partsOf(response)) {
    if (incremental !== undefined) yield* incremental.flatMap(oneByOne);
    else if (whole.data !== undefined)
      yield { ...whole, extensions: { is_final: hasNext !== true } };
  }
}
