import { type FaultServer, startFaultServer } from './fault-server.ts';
import * as faults from './faults.ts';
import { range, rawGroup } from './stage.ts';

const GROUPS = range(40).map((n) => rawGroup(n, { isActive: true }));
const NODES = '{ totalCount nodes { __typename ... on MenuEntry { id name isActive weight } } }';

/** A query of one list of 40 groups, so many times: much for the gateway, and little for what it asks. */
export const listsOf = (count: number): string =>
  `{ ${range(count)
    .map((n) => `list${n}: groups(first: 40) ${NODES}`)
    .join(' ')} }`;

/** An upstream with that list, and with no task group, which answers after so many milliseconds. */
export async function startListUpstream(latencyMs: number): Promise<FaultServer> {
  const upstream: FaultServer = await startFaultServer(({ path, query }) => {
    upstream.calls.length = 0;
    const groups = query.get('page') === '1' ? GROUPS : [];
    const data = path === '/v2/groups' ? { groups, count: 40 } : { taskgroups: [], count: 0 };
    return (socket) => setTimeout(() => faults.json({ data })(socket), latencyMs);
  });
  return upstream;
}
