import type { GraphQLError, GraphQLFormattedError } from 'graphql';

const INTERNAL = new Set(['http', 'unexpected']);

/** An error as it is sent, without what it has for Yoga, which takes that out of what goes through it. */
export function toldError(error: GraphQLError): GraphQLFormattedError {
  const { extensions = {}, ...rest } = error.toJSON();
  const shown = Object.entries(extensions).filter(([name]) => !INTERNAL.has(name));
  return { ...rest, extensions: Object.fromEntries(shown) };
}
