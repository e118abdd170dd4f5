import { describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { type GraphQLScalarType, type IntrospectionType, introspectionFromSchema } from 'graphql';
import { DateTimeResolver } from 'graphql-scalars';
import { createGatewaySchema } from '../../src/graphql/schema.ts';

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

describe('moments are written as graphql-scalars writes them', () => {
  const { serialize } = createGatewaySchema().getType('DateTime') as GraphQLScalarType;
  const written = (value: unknown): string => JSON.stringify(serialize(value));
  const expected = (value: unknown): string => JSON.stringify(DateTimeResolver.serialize(value));

  test('any moment', () => {
    const moments = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(moments, (moment) => {
        const text = moment.toISOString();
        expect(written(text)).toBe(`"${text}"`);
        expect(written(text)).toBe(expected(text));
        expect(written(moment)).toBe(expected(moment));
      }),
    );
  });

  test.each(['2024-02-29T00:00:00.000Z', '2024-01-31T23:59:59Z', '2024-01-01T00:00:00.5+02:00'])(
    '%s',
    (text) => {
      expect(written(text)).toBe(expected(text));
    },
  );

  test.each([
    '2023-02-29T00:00:00.000Z',
    '2024-13-01T00:00:00.000Z',
    '2024-01-01T24:00:00.000Z',
    '2024-01-01T00:00:60.000Z',
    '2024-01-01T00:00:00.000Z ',
    'x',
  ])('%s is refused or read as there', (text) => {
    const outcome = (write: () => string): string => {
      try {
        return write();
      } catch (error) {
        return String(error);
      }
    };
    expect(outcome(() => written(text))).toBe(outcome(() => expected(text)));
  });
});
