import { useEffect, useEffectEvent } from 'react';
import { useClient } from 'urql';
import { followGroups } from './follow-groups.ts';

/** Calls back when groups have changed, for as long as the component is there. */
export function useGroupChanges(onChange: () => void): void {
  const client = useClient();
  const change = useEffectEvent(onChange);
  useEffect(() => followGroups(client, () => change()), [client]);
}
