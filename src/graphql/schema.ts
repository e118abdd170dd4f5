import { readdirSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import { printSchema } from 'graphql';
import { DateTimeResolver } from 'graphql-scalars';
import { createSchema } from 'graphql-yoga';
import type { Context } from '../context.ts';
import * as resolvers from '../resolvers/index.ts';

/** Beside package.json, from which the bundle in dist/ and src/ are at different depths. */
const FOLDER = join(findPackageJSON(import.meta.url) ?? '', '../schema');
const readContract = (): string[] =>
  readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), 'utf8'));

/** Only how values are parsed and serialized: the scalar itself would replace our description. */
const { parseValue, parseLiteral } = DateTimeResolver;

/** The format in which `dateTime` of `cotalker/records/fields.ts` gives every moment: the JSON form of a `Date`. */
const WRITTEN =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}\.\d{3}Z$/;
const serialize = (value: unknown): unknown =>
  typeof value === 'string' && WRITTEN.test(value) ? value : DateTimeResolver.serialize(value);

/** Joins the contract in `schema/` and the resolvers. */
export const createGatewaySchema = () =>
  createSchema<Context>({
    typeDefs: readContract(),
    resolvers: { DateTime: { serialize, parseValue, parseLiteral }, ...resolvers },
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });

/** The schema of `schema/` as one document with descriptions, for the code generation of front ends. */
export const printContract = (): string =>
  `${printSchema(createSchema({ typeDefs: readContract() }))}\n`;
