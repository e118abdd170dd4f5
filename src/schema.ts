import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTimeResolver } from 'graphql-scalars';
import { createSchema } from 'graphql-yoga';
import type { Context } from './context.ts';
import * as resolvers from './resolvers/index.ts';

const FOLDER = join(import.meta.dirname, '../schema');

/** Joins the contract in `schema/` and the resolvers. */
export const createGatewaySchema = () =>
  createSchema<Context>({
    typeDefs: readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), 'utf8')),
    resolvers: { DateTime: DateTimeResolver, ...resolvers },
    resolverValidationOptions: { requireResolversToMatchSchema: 'error' },
  });
