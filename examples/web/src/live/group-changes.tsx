import { createContext, type ReactNode, use, useEffect, useEffectEvent, useState } from 'react';
import { useClient } from 'urql';
import { followGroups, type Changed } from './follow-groups.ts';

type Listener = (changed: Changed) => void;

const Listeners = createContext<Set<Listener>>(new Set());

/** One stream for all that is below: over HTTP/1.1 each takes one of six connections. */
export function GroupChanges({ children }: { readonly children: ReactNode }) {
  const client = useClient();
  const [listeners] = useState(() => new Set<Listener>());
  useEffect(
    () =>
      followGroups(client, (changed) => {
        for (const listener of listeners) listener(changed);
      }),
    [client, listeners],
  );
  return <Listeners value={listeners}>{children}</Listeners>;
}

/** Calls back when groups have changed, for as long as the component is there. */
export function useGroupChanges(onChange: Listener): void {
  const listeners = use(Listeners);
  const change = useEffectEvent(onChange);
  useEffect(() => {
    const listener: Listener = (changed) => change(changed);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }, [listeners]);
}
