import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../selection.ts';

/**
 * The size of an operation or a fragment as if each fragment stood where it is spread: execution takes as long as
 * this. A figure may be `Infinity`.
 */
export interface QueryShape {
  /** Levels of fields, leaves included; fragments are no level. Fields below `__schema` and `__type` do not count. */
  readonly depth: number;
  /** Levels of fields from `__schema` or `__type` down, these included. */
  readonly introspectionDepth: number;
  /** Levels of fields, all of them. */
  readonly height: number;
  readonly rootFields: number;
  readonly aliases: number;
  readonly directives: number;
  /** Fields, inline fragments and spreads. */
  readonly selections: number;
}

export interface MeasuredDefinition {
  readonly definition: OperationDefinitionNode | FragmentDefinitionNode;
  readonly shape: QueryShape;
}

const NOTHING: QueryShape = {
  depth: 0,
  introspectionDepth: 0,
  height: 0,
  rootFields: 0,
  aliases: 0,
  directives: 0,
  selections: 0,
};

/**
 * Measures every operation and every fragment, unused ones too, because validation visits them all. It visits each
 * node once and measures each fragment once. So it is linear in the size of the text, however much the fragments
 * multiply. It recurses as deep as the text nests: bound the tokens first.
 *
 * @returns undefined if fragments spread each other in a cycle.
 */
export function measure(document: DocumentNode): MeasuredDefinition[] | undefined {
  const { definitions } = document;
  const fragments = fragmentsOf(document);
  const measured = new Map<string, QueryShape | 'open'>();
  const circular = new Set<string>();

  const ofFragment = (name: string): QueryShape => {
    const known = measured.get(name);
    const fragment = fragments.get(name);
    if (known === 'open') circular.add(name);
    if (known !== undefined) return known === 'open' ? NOTHING : known;
    if (fragment === undefined) return NOTHING;
    measured.set(name, 'open');
    const shape = ofDefinition(fragment);
    measured.set(name, shape);
    return shape;
  };

  const ofSelections = (set: SelectionSetNode | undefined): QueryShape =>
    (set?.selections ?? []).reduce((sum, selection) => add(sum, ofSelection(selection)), NOTHING);

  const ofSelection = (selection: SelectionNode): QueryShape => {
    const directives = selection.directives?.length ?? 0;
    const own = { ...NOTHING, directives, selections: 1 };
    switch (selection.kind) {
      case Kind.FIELD:
        return add(own, ofField(selection, ofSelections(selection.selectionSet)));
      case Kind.INLINE_FRAGMENT:
        return add(own, ofSelections(selection.selectionSet));
      case Kind.FRAGMENT_SPREAD:
        return add(own, ofFragment(selection.name.value));
    }
  };

  const ofDefinition = (
    definition: OperationDefinitionNode | FragmentDefinitionNode,
  ): QueryShape => {
    const variables =
      definition.kind === Kind.OPERATION_DEFINITION ? (definition.variableDefinitions ?? []) : [];
    const directives = [definition, ...variables].flatMap(({ directives }) => directives ?? []);
    return add(
      { ...NOTHING, directives: directives.length },
      ofSelections(definition.selectionSet),
    );
  };

  const shapes = definitions.flatMap((definition) => {
    if (definition.kind === Kind.OPERATION_DEFINITION)
      return { definition, shape: ofDefinition(definition) };
    if (definition.kind === Kind.FRAGMENT_DEFINITION)
      return { definition, shape: ofFragment(definition.name.value) };
    return [];
  });
  return circular.size > 0 ? undefined : shapes;
}

function ofField({ name, alias }: FieldNode, below: QueryShape): QueryShape {
  const isIntrospection = name.value === '__schema' || name.value === '__type';
  return {
    ...below,
    depth: isIntrospection ? 0 : 1 + below.depth,
    introspectionDepth: isIntrospection ? 1 + below.height : below.introspectionDepth,
    height: 1 + below.height,
    rootFields: 1,
    aliases: below.aliases + (alias ? 1 : 0),
  };
}

const add = (a: QueryShape, b: QueryShape): QueryShape => ({
  depth: Math.max(a.depth, b.depth),
  introspectionDepth: Math.max(a.introspectionDepth, b.introspectionDepth),
  height: Math.max(a.height, b.height),
  rootFields: a.rootFields + b.rootFields,
  aliases: a.aliases + b.aliases,
  directives: a.directives + b.directives,
  selections: a.selections + b.selections,
});
