import { useCallback, useState } from 'react';

const KEY = 'cotalker-token';

export interface Session {
  /** Null: nobody is signed in. */
  readonly token: string | null;
  /** Whether the session ended because the token was not accepted. */
  readonly wasRejected: boolean;
  /** `keep`: the token outlives a reload of this tab. */
  readonly signIn: (token: string, options: { readonly keep: boolean }) => void;
  readonly signOut: () => void;
  readonly reject: () => void;
}

/**
 * Holds the token in memory, and in sessionStorage where the user wants that: it is then gone with the
 * tab. Never in localStorage or a cookie, which other tabs and later visitors of the machine could read.
 */
export function useSession(): Session {
  const [token, setToken] = useState(() => sessionStorage.getItem(KEY));
  const [wasRejected, setWasRejected] = useState(false);

  const end = useCallback((rejected: boolean) => {
    sessionStorage.removeItem(KEY);
    setToken(null);
    setWasRejected(rejected);
  }, []);

  return {
    token,
    wasRejected,
    signIn: useCallback((given, { keep }) => {
      if (keep) sessionStorage.setItem(KEY, given);
      setToken(given);
      setWasRejected(false);
    }, []),
    signOut: useCallback(() => end(false), [end]),
    reject: useCallback(() => end(true), [end]),
  };
}
