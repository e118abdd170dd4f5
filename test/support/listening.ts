import { afterEach } from '@jest/globals';
import type { Handle } from '../../src/http/arrival.ts';
import { createListener, type Listener, type ListenerOptions } from '../../src/http/server.ts';
import { openRaw, type RawConnection } from './raw.ts';

/** A listener of the test's own, and connections to it. Both end after each test. */
export function useListener() {
  let listener: Listener | undefined;
  let connections: RawConnection[] = [];
  afterEach(async () => {
    for (const { socket } of connections) socket.destroy();
    connections = [];
    await listener?.stop({ delayMs: 0, timeoutMs: 0 });
  });
  return {
    /** @returns Its base URL. */
    listen: (handle: Handle, options: ListenerOptions): Promise<string> => {
      listener = createListener(handle, options);
      return listener.listen({ host: '127.0.0.1', port: 0 });
    },
    load: (): Listener['load'] | undefined => listener?.load,
    /** Opens a connection, and writes the text to it. */
    open: async (url: string, text = ''): Promise<RawConnection> => {
      const connection = await openRaw(url);
      connections.push(connection);
      connection.write(text);
      return connection;
    },
  };
}
