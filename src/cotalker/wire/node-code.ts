/** As Node and undici write them, such as `ECONNREFUSED` and `UND_ERR_SOCKET`. */
const WELL_FORMED = /^[A-Z][A-Z0-9_]{1,39}$/;

/**
 * Node's error code for a failed connection, which is safe to log. Nothing else of the error is read: it may hold
 * an address, a header or a body. Undefined if it has none.
 */
export function nodeCodeOf(error: unknown): string | undefined {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && WELL_FORMED.test(code) ? code : undefined;
}
