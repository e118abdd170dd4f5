/** Longer ones are no ids. */
const MAX_LENGTH = 100;

/**
 * The company that a token names (sheet, section 1: what a company is, the token says). Anybody can write that into a
 * token: it holds only once Cotalker has accepted it.
 *
 * @param authorization A caller's header, such as `Bearer <token>`.
 * @returns undefined where the token is no JWT, or names none.
 */
export function companyOf(authorization: string): string | undefined {
  const [, payload] = authorization.split('.', 3);
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    if (typeof claims !== 'object' || claims === null || !('company' in claims)) return undefined;
    const { company } = claims;
    const isName = typeof company === 'string' && company !== '' && company.length <= MAX_LENGTH;
    return isName ? company : undefined;
  } catch {
    // No JSON, so no JWT: the token is one that an admin has made.
    return undefined;
  }
}
