import { unsafeUrl } from '../errors.ts';
import type { Reference } from '../mapping/fields.ts';
import { isSafeUrl } from '../mapping/safe-url.ts';

/**
 * A link that is safe to send to a caller.
 *
 * @throws GraphQLError `UNSAFE_URL` if following it could run script.
 */
export function safe(target: Reference): Reference {
  if (typeof target !== 'string' || isSafeUrl(target)) return target;
  throw unsafeUrl();
}
