import { type FragmentType, graphql, readFragment } from './gql/index.ts';

const PERSON = graphql(`
  fragment Person on User {
    id
    name
  }
`);

/** A person's name. Where Cotalker has none the gateway gives the id, which tells a reader nothing. */
export function Person({ user }: { readonly user: FragmentType<typeof PERSON> }) {
  const { id, name } = readFragment(PERSON, user);
  return name === id ? <span className="nothing">Unnamed person</span> : name;
}
