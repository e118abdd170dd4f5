import { readdirSync, readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { join } from 'node:path';
import {
  buildASTSchema,
  type DefinitionNode,
  type GraphQLSchema,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
} from 'graphql';

/** Beside package.json, from which the bundle in dist/ and src/ are at different depths. */
const FOLDER = join(findPackageJSON(import.meta.url) ?? '', '../schema');
export const readContract = (): string[] =>
  readdirSync(FOLDER).map((file) => readFileSync(join(FOLDER, file), 'utf8'));

let contract: string | undefined;
/** The schema of `schema/` as one document with descriptions, for the code generation of front ends. */
export const printContract = (): string => (contract ??= toContract());

function toContract(): string {
  const { definitions } = parse(readContract().join('\n'));
  const names = definitions.map(nameOf);
  // Each type where it is mentioned first, be it by an `extend`.
  const inOrder = definitions.toSorted(
    (one, other) => names.indexOf(nameOf(one)) - names.indexOf(nameOf(other)),
  );
  const schema = buildASTSchema({ kind: Kind.DOCUMENT, definitions: inOrder });
  return `${withDirectives(schema, printSchema(schema))}\n`;
}

const nameOf = (definition: DefinitionNode): string | undefined =>
  'name' in definition ? definition.name.value : undefined;

/** Puts `@semanticNonNull` behind the fields that have it, since `printSchema` leaves all such directives out. */
function withDirectives(schema: GraphQLSchema, text: string): string {
  const places = parse(text).definitions.flatMap((definition) => {
    if (!(
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ))
      return [];
    const type = schema.getType(definition.name.value);
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return (definition.fields ?? []).map((field) => ({
      at: field.type.loc?.end ?? text.length,
      directive: type
        .getFields()
        [field.name.value]?.astNode?.directives?.find(
          ({ name }) => name.value === 'semanticNonNull',
        ),
    }));
  });
  return places.reduceRight(
    (done, { at, directive }) =>
      directive ? `${done.slice(0, at)} ${print(directive)}${done.slice(at)}` : done,
    text,
  );
}
