import { GraphQLSchema, isObjectType } from 'graphql';
import { DateTimeResolver } from 'graphql-scalars';
import { createSchema } from 'graphql-yoga';
import type { Context } from '../context.ts';
import * as resolvers from '../resolvers/index.ts';
import { readContract } from './contract.ts';

/**
 * Only how values are parsed: the scalar itself would replace our description. They are sent as they are, since
 * `readMoment` of `cotalker/records/moment.ts` has brought every moment to the JSON form of a `Date`.
 */
const { parseValue, parseLiteral } = DateTimeResolver;

let gatewaySchema: GraphQLSchema | undefined;
/** Joins the contract in `schema/` and the resolvers. One for all who ask: nothing in it belongs to one gateway. */
export const createGatewaySchema = (): GraphQLSchema =>
  (gatewaySchema ??= takingNull(
    sorted(
      createSchema<Context>({
        typeDefs: readContract(),
        resolvers: { DateTime: { parseValue, parseLiteral }, ...resolvers },
        resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
      }),
    ),
  ));

/** The types by their names: tools list them in the order in which introspection tells them. */
function sorted(schema: GraphQLSchema): GraphQLSchema {
  const { types, ...config } = schema.toConfig();
  return new GraphQLSchema({
    ...config,
    types: types.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  });
}

/** Has an argument that is null mean its default. Its type allows null, which graphql-js hands to the resolver. */
function takingNull(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const { args: declared, resolve } = field;
      const defaults = declared.filter(({ defaultValue }) => defaultValue !== undefined);
      if (defaults.length === 0 || resolve === undefined) continue;
      field.resolve = (source, args: Record<string, unknown>, ...rest) => {
        const nulls = defaults.filter(({ name }) => args[name] === null);
        if (nulls.length === 0) return resolve(source, args, ...rest);
        const values = nulls.map(({ name, defaultValue }) => [name, defaultValue]);
        return resolve(source, { ...args, ...Object.fromEntries(values) }, ...rest);
      };
    }
  }
  return schema;
}
