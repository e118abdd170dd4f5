import { expect, test } from '@jest/globals';
import { type IntrospectionType, introspectionFromSchema } from 'graphql';
import { createGatewaySchema } from '../src/schema.ts';

const BUILT_IN = ['ID', 'String', 'Int', 'Float', 'Boolean'];

test('every type, field, argument and enum value has a description', () => {
  const { types } = introspectionFromSchema(createGatewaySchema()).__schema;
  const ours = types.filter(({ name }) => !name.startsWith('__') && !BUILT_IN.includes(name));
  const all = ours.flatMap(membersOf);
  expect(all.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['Query.groups.first', 'GroupFilter.type', 'GroupType.TASK']),
  );
  expect(all.filter(({ description }) => !description?.trim()).map(({ path }) => path)).toEqual([]);
});

interface Named {
  readonly name: string;
  readonly description?: string | null;
}

/** What introspection has for a type of any kind: null where the kind has no such members. */
interface Members extends Named {
  readonly fields?: readonly (Named & { readonly args: readonly Named[] })[] | null;
  readonly inputFields?: readonly Named[] | null;
  readonly enumValues?: readonly Named[] | null;
}

/** A type and everything in it, by paths like `Query.groups.first`. */
function membersOf(type: IntrospectionType): { path: string; description: string | undefined }[] {
  const { name, description, fields, inputFields, enumValues } = type as Members;
  const args = (fields ?? []).flatMap((field) =>
    field.args.map((arg) => ({ ...arg, name: `${field.name}.${arg.name}` })),
  );
  return [
    { path: name, description: description ?? undefined },
    ...[...(fields ?? []), ...args, ...(inputFields ?? []), ...(enumValues ?? [])].map(
      (member) => ({
        path: `${name}.${member.name}`,
        description: member.description ?? undefined,
      }),
    ),
  ];
}
