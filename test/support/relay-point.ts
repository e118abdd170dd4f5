import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address that stays while what is behind it changes, as that of a load balancer does. */
export interface RelayPoint {
  /** The base URL, such as `http://127.0.0.1:41234`. */
  readonly url: string;
  /** Where new connections lead; undefined: nowhere, they are closed at once. */
  to(url: string | undefined): void;
  /** Cuts every connection. */
  cut(): void;
  /** Takes what is behind each connection away, and says nothing of it to whoever is in front. */
  silence(): void;
  close(): Promise<void>;
}

export async function startRelayPoint(): Promise<RelayPoint> {
  let target: string | undefined;
  const pairs = new Set<{ readonly front: Socket; readonly back: Socket }>();
  const server = createServer((front) => {
    front.on('error', () => undefined);
    if (target === undefined) {
      front.destroy();
      return;
    }
    const back = connect(Number(new URL(target).port), '127.0.0.1');
    const pair = { front, back };
    pairs.add(pair);
    back.on('error', () => front.destroy()).on('end', () => front.end());
    back.on('data', (part) => front.write(part));
    front.on('data', (part) => back.write(part));
    front.on('close', () => {
      pairs.delete(pair);
      back.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    to: (url) => (target = url),
    cut: () => {
      for (const { front } of pairs) front.destroy();
    },
    silence: () => {
      for (const { back } of pairs) back.removeAllListeners('end').destroy();
    },
    close: async () => {
      for (const { front } of pairs) front.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
