import { useMemo } from 'react';
import { Provider } from 'urql';
import { createGatewayClient } from './client.ts';
import { SignIn } from './session/sign-in.tsx';
import { useSession } from './session/use-session.ts';
import { Shell } from './shell.tsx';

export function App() {
  const { token, rejected, signIn, signOut, reject } = useSession();
  const client = useMemo(
    () => (token === null ? null : createGatewayClient({ token, onRejected: reject })),
    [token, reject],
  );
  if (!client) return <SignIn signIn={signIn} rejected={rejected} />;
  return (
    <Provider value={client}>
      <Shell onSignOut={signOut} />
    </Provider>
  );
}
