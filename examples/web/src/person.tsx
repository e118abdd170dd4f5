import { type FragmentType, graphql, readFragment } from './gql/index.ts';

const PERSON = graphql(`
  fragment Person on User {
    id
    name
  }
`);

interface Props {
  readonly user: FragmentType<typeof PERSON>;
}

/** A person's name; undefined where Cotalker has none: the gateway then gives the id, which tells a reader nothing. */
export function nameOf({ user }: Props): string | undefined {
  const { id, name } = readFragment(PERSON, user);
  return name === id ? undefined : name;
}

export const Person = (props: Props) =>
  nameOf(props) ?? <span className="nothing">Unnamed person</span>;
