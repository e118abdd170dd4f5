import { defineConfig } from '@graphql-hive/gateway';
import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql';

/*
 * A group's task group, batched by Hive's in-context SDK: `@resolveTo` would match what comes back by its
 * place, and not every group has one.
 */

interface TaskGroup {
  readonly group: string;
}

interface Sdk {
  readonly Cotalker: {
    readonly Query: {
      listTaskGroups(options: {
        readonly root: unknown;
        readonly key: string;
        readonly argsFromKeys: (keys: readonly string[]) => object;
        readonly valuesFromResults: (result: unknown, keys: readonly string[]) => unknown[];
        readonly selectionSet: (own: SelectionSetNode) => SelectionSetNode;
        readonly context: unknown;
        readonly info: GraphQLResolveInfo;
      }): Promise<unknown>;
    };
  };
}

const field = (value: string, selectionSet?: SelectionSetNode) => ({
  kind: Kind.FIELD as const,
  name: { kind: Kind.NAME as const, value },
  ...(selectionSet && { selectionSet }),
});
const set = (...selections: SelectionSetNode['selections']): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
});

const byGroup = (result: unknown, keys: readonly string[]): unknown[] => {
  const { data } = result as { data: { taskgroups: readonly TaskGroup[] } };
  const found = new Map(data.taskgroups.map((taskGroup) => [taskGroup.group, taskGroup]));
  return keys.map((key) => found.get(key) ?? null);
};

const taskGroup = {
  selectionSet: '{ _id }',
  resolve: (root: { _id: string }, _: unknown, context: unknown, info: GraphQLResolveInfo) =>
    (context as Sdk).Cotalker.Query.listTaskGroups({
      root,
      key: root._id,
      argsFromKeys: (groupIds) => ({ groupIds, isActive: 'all', limit: 100, page: 1, count: true }),
      valuesFromResults: byGroup,
      selectionSet: (own) =>
        set(field('data', set(field('taskgroups', set(field('group'), ...own.selections))))),
      context,
      info,
    }),
};

export const gatewayConfig = defineConfig({
  jit: true,
  logging: false,
  graphiql: false,
  landingPage: false,
  additionalResolvers: { Group: { taskGroup } },
});
