import { join } from 'node:path';
import { defineConfig } from '@graphql-mesh/compose-cli';
import { loadOpenAPISubgraph } from '@omnigraph/openapi';

/* The supergraph of the OpenAPI source, with what a group leads to as Hive's documentation joins it. */

export const composeConfig = defineConfig({
  subgraphs: [
    {
      sourceHandler: loadOpenAPISubgraph('Cotalker', {
        source: join(import.meta.dirname, 'openapi.yaml'),
        operationHeaders: { authorization: '{context.headers.authorization}' },
      }),
    },
  ],
  additionalTypeDefs: /* GraphQL */ `
    extend type Group {
      channels: ChannelList
        @resolveTo(
          sourceName: "Cotalker"
          sourceTypeName: "Query"
          sourceFieldName: "listChannels"
          requiredSelectionSet: "{ _id }"
          sourceArgs: {
            group: "{root._id}"
            isActive: "true"
            directChannels: "all"
            limit: 5
            page: 1
            sortBy: "modifiedAt"
            orderBy: "asc"
            count: true
          }
        )
      taskGroup: TaskGroup
    }
  `,
});
