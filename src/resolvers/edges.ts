/**
 * The resolvers that a type needs: one for each field that its model does not bring ready. A field of the schema
 * that is in neither is a compile error, in the mapping as long as the model promises it, here from then on.
 */
export type Edges<Resolvers, Model> = Required<Omit<Resolvers, keyof Model | '__isTypeOf'>>;
