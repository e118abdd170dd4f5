import { useMemo } from 'react';
import { Provider } from 'urql';
import { createGatewayClient } from './client.ts';
import { SignIn } from './session/sign-in.tsx';
import { useSession } from './session/use-session.ts';
import { Shell } from './shell.tsx';

export function App() {
  const { token, wasRejected, signIn, signOut, reject } = useSession();
  const client = useMemo(
    () => (token === null ? null : createGatewayClient({ token, onRejected: reject })),
    [token, reject],
  );
  if (!client) return <SignIn signIn={signIn} wasRejected={wasRejected} />;
  return (
    <Provider value={client}>
      <Shell onSignOut={signOut} />
    </Provider>
  );
}
