import {
  buildSchema,
  type DocumentNode,
  getNamedType,
  type GraphQLInputType,
  type GraphQLSchema,
  isAbstractType,
  isInputObjectType,
  Kind,
  NoDeprecatedCustomRule,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { problemsOf } from '../src/graphql/documents/trusted.ts';
import { createValidate } from '../src/graphql/validation/index.ts';
import type { Change } from './contract-changes.ts';

/** What is told of the documents that clients name by id, a sentence each, with the operation first. */
export interface DocumentChanges {
  /** Documents that the gateway would refuse, and those that use what changed so that it breaks. */
  readonly broken: readonly string[];
  /** Deprecated fields, arguments and values in use. */
  readonly deprecated: readonly string[];
}

/** What documents are held to. */
export interface Contracts {
  /** The last release, as SDL. */
  readonly released: string;
  /** The schema as it is now. */
  readonly present: GraphQLSchema;
  /** The changes between them that break. */
  readonly breaking: readonly Change[];
}

/** @param documents The texts by their ids. */
export function changesOfDocuments(
  documents: ReadonlyMap<string, string>,
  { released, present, breaking }: Contracts,
): DocumentChanges {
  const before = buildSchema(released);
  const rules = { schema: present, validate: createValidate({ introspection: true }) };
  const broken: string[] = [];
  const deprecated: string[] = [];
  for (const [id, text] of documents) {
    const document = parsed(text);
    const says = (message: string): string => `${nameOf(document)} (${id}): ${message}`;
    const problems = problemsOf(text, rules);
    if (document !== undefined) {
      const used = usedBy(document, before);
      const hit = breaking.filter(
        ({ path = '' }) => used.has(path) || used.has(path.replace(/\..*/, '')),
      );
      // What validation tells already, it tells with the line.
      if (problems.length === 0) problems.push(...hit.map(({ message }) => message));
      const uses = validate(present, document, [NoDeprecatedCustomRule]);
      deprecated.push(...uses.map(({ message }) => says(message)));
    }
    broken.push(...problems.map(says));
  }
  return { broken, deprecated };
}

/** The documents for people, a line each. */
export const describeDocuments = ({ broken, deprecated }: DocumentChanges, count: number): string =>
  [
    ...broken.map((said) => `broken:     ${said}`),
    ...deprecated.map((said) => `deprecated: ${said}`),
    `${broken.length} broken, ${deprecated.length} deprecated in ${count} documents`,
    '',
  ].join('\n');

function parsed(text: string): DocumentNode | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

const nameOf = (document: DocumentNode | undefined): string =>
  (document?.definitions ?? [])
    .flatMap((one) => (one.kind === Kind.OPERATION_DEFINITION ? [one.name?.value] : []))
    .filter((name) => name !== undefined)
    .join(', ') || 'an operation without a name';

/**
 * The fields and arguments that a document names, such as `Query.group` and `Query.group.id`. Of the types of its
 * variables, whose values no document tells, the names alone: each change of these counts.
 */
function usedBy(document: DocumentNode, schema: GraphQLSchema): ReadonlySet<string> {
  const used = new Set<string>();
  const info = new TypeInfo(schema);
  const note = (names: readonly string[]): void => {
    const parent = info.getParentType();
    if (!parent) return;
    // A field of an interface is one of each type that has it.
    const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
    for (const { name } of types) used.add([name, ...names].join('.'));
  };
  const noteInput = (type: GraphQLInputType | null | undefined): void => {
    const named = type && getNamedType(type);
    if (!named || used.has(named.name)) return;
    used.add(named.name);
    if (isInputObjectType(named))
      for (const { type } of Object.values(named.getFields())) noteInput(type);
  };
  visit(
    document,
    visitWithTypeInfo(info, {
      VariableDefinition: () => noteInput(info.getInputType()),
      Field: ({ name, arguments: args = [] }) => {
        note([name.value]);
        for (const argument of args) note([name.value, argument.name.value]);
      },
      ObjectField: ({ name }) => {
        const type = info.getParentInputType();
        if (type) used.add(`${getNamedType(type).name}.${name.value}`);
      },
      EnumValue: ({ value }) => {
        const type = info.getInputType();
        if (type) used.add(`${getNamedType(type).name}.${value}`);
      },
    }),
  );
  return used;
}
