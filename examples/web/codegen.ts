import type { CodegenConfig } from '@graphql-codegen/cli';

const documents = ['src/**/*.{ts,tsx}', '!src/gql/**'];

/** The gateway's schema, and the queries beside the components -> src/gql/, which is committed. */
const config: CodegenConfig = {
  // A running gateway's address does as well, or the file that you copied the schema to.
  schema: process.env['GRAPHQL_SCHEMA'] ?? '../../schema/*.graphql',
  documents,
  generates: {
    'src/gql/': {
      preset: 'client',
      presetConfig: {
        // The default name, useFragment, would be taken for a React hook.
        fragmentMasking: { unmaskFunctionName: 'readFragment' },
        // Writes persisted-documents.json: every query of the app by its hash.
        persistedDocuments: { hashAlgorithm: 'sha256' },
      },
      config: {
        useTypeImports: true,
        enumsAsTypes: true,
        defaultScalarType: 'unknown',
        scalars: { ID: 'string', DateTime: 'string' },
      },
    },
    'src/gql/possible-types.ts': {
      plugins: ['fragment-matcher'],
      config: { useExplicitTyping: true },
    },
  },
};

export default config;
