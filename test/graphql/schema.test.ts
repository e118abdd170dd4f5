import { describe, expect, test } from '@jest/globals';
import fc from '../support/properties.ts';
import { type GraphQLScalarType, type IntrospectionType, introspectionFromSchema } from 'graphql';
import { DateTimeResolver } from 'graphql-scalars';
import { readMoment } from '../../src/cotalker/records/moment.ts';
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

describe('a moment that was read is sent as graphql-scalars would write it', () => {
  const { serialize } = createGatewaySchema().getType('DateTime') as GraphQLScalarType;
  const check = (raw: unknown): void => {
    const moment = readMoment(raw);
    if (typeof moment !== 'string') return;
    expect(serialize(moment)).toBe(moment);
    expect(JSON.stringify(DateTimeResolver.serialize(moment))).toBe(`"${moment}"`);
  };

  test('in any form', () => {
    const moments = fc.date({
      min: new Date('0000-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59.999Z'),
      noInvalidDate: true,
    });
    const forms = fc.constantFrom<(moment: Date) => unknown>(
      (moment) => moment.toISOString(),
      (moment) => moment.toISOString().slice(0, 10),
      (moment) => moment.toISOString().replace('Z', '+05:30'),
      (moment) => moment.toISOString().replace('T', ' ').replace(/..Z/, ' -0300'),
      (moment) => moment.getTime(),
    );
    fc.assert(
      fc.property(moments, forms, (moment, form) => {
        check(form(moment));
      }),
    );
  });

  test.each([
    ...['2024-02-29T00:00:00.000Z', '2024-01-31T23:59:59Z', '2024-01-01T00:00:00.5+02:00'],
    ...['2023-02-29T00:00:00.000Z', '2024-04-31T00:00:00.000Z', '2024-01-01T24:00:00.000Z'],
    ...['2024-13-01T00:00:00.000Z', '2024-01-01T00:00:60.000Z', '2024-01-01T00:00:00.000Z ', 'x'],
  ])('%s', check);
});
