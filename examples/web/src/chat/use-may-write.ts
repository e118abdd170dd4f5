import { useQuery } from 'urql';
import { graphql } from '../gql/index.ts';
import type { History } from './history.ts';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      id
    }
  }
`);

/**
 * Whether the person of the token may write in a channel, as far as its settings tell. Who that is costs a call, which only a
 * channel takes whose members may not write. If it cannot be read, Cotalker decides.
 */
export function useMayWrite(history: History | null | undefined): boolean {
  const isQuiet = history?.isWritable === false;
  const [{ data, fetching }] = useQuery({ query: VIEWER, pause: !isQuiet });
  const me = data?.viewer?.id;
  if (!history || (isQuiet && fetching)) return false;
  return !isQuiet || me === undefined || !history.adminIds || history.adminIds.includes(me);
}
