/** As Node and undici write them, such as `ECONNREFUSED` and `UND_ERR_SOCKET`. */
const WELL_FORMED = /^[A-Z][A-Z0-9_]{1,39}$/;

/**
 * Node's own name for what has happened to a connection, which is safe to tell: of the error nothing else is
 * read, since that may hold an address, a header or a body. undefined where it has none.
 */
export function nodeCodeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && WELL_FORMED.test(code) ? code : undefined;
}
