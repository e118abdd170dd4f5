import { useCallback, useState } from 'react';

const KEY = 'cotalker-token';

export type Rejected = 'never accepted' | 'no longer accepted';

export interface Session {
  /** Null: nobody is signed in. */
  readonly token: string | null;
  /** Why the session ended: the token was never accepted, or is not any more. */
  readonly rejected: Rejected | undefined;
  /** `keep`: the token outlives a reload of this tab. */
  readonly signIn: (token: string, options: { readonly keep: boolean }) => void;
  readonly signOut: () => void;
  readonly reject: (why: Rejected) => void;
}

/**
 * Holds the token in memory, and in sessionStorage where the user wants that: it is then gone with the
 * tab. Never in localStorage or a cookie, which other tabs and later visitors of the machine could read.
 */
export function useSession(): Session {
  const [token, setToken] = useState(() => sessionStorage.getItem(KEY));
  const [rejected, setRejected] = useState<Rejected>();

  const end = useCallback((why?: Rejected) => {
    sessionStorage.removeItem(KEY);
    setToken(null);
    setRejected(why);
  }, []);

  return {
    token,
    rejected,
    signIn: useCallback((given, { keep }) => {
      if (keep) sessionStorage.setItem(KEY, given);
      setToken(given);
      setRejected(undefined);
    }, []),
    signOut: useCallback(() => end(), [end]),
    reject: end,
  };
}
