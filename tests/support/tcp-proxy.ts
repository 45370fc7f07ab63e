/** A TCP proxy on loopback between a client and a server, for the faults of a network. */
import { once } from 'node:events';
import { createServer, connect as open, type Socket } from 'node:net';

export type TcpProxy = {
  /** The address with the proxy in the place of the server. */
  through(url: string): string;
  /** How many connections were taken so far. */
  taken(): number;
  /** Ends every connection: with a reset (RST) or in good order (FIN). */
  cut(how: 'reset' | 'end'): void;
  /** Black hole: from now on carries nothing either way on the connections that are open, and ends none of them. */
  silence(): void;
  /** Shows the bytes that come from a client; when it answers true, they are kept back. */
  inspect(look: (bytes: Buffer, client: Socket) => boolean): void;
  /** Takes no connection: they are refused, as where no process listens. */
  refuse(): Promise<void>;
  /** Takes connections again, and cuts none of them. */
  accept(): Promise<void>;
  /** Takes each connection and ends it at once, as a balancer does that has no server behind it. */
  turnAway(): void;
  close(): Promise<void>;
};

type Pair = { client: Socket; server: Socket; silent: boolean };

/** @param port of the server on loopback */
export async function startTcpProxy(port: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let taken = 0;
  let turningAway = false;
  let look: (bytes: Buffer, client: Socket) => boolean = () => false;
  const listener = createServer((client) => {
    taken += 1;
    client.on('error', () => {});
    if (turningAway) {
      client.resume().end();
      return;
    }
    const server = open(port, '127.0.0.1');
    const pair: Pair = { client, server, silent: false };
    pairs.add(pair);
    server.on('error', () => client.destroy());
    client.on('data', (bytes) => {
      if (!look(bytes, client) && !pair.silent) server.write(bytes);
    });
    server.on('data', (bytes) => {
      if (!pair.silent) client.write(bytes);
    });
    server.on('close', () => {
      if (!pair.silent) client.destroy();
    });
    client.on('close', () => {
      pairs.delete(pair);
      server.destroy();
    });
  });
  const listen = async (on: number) => {
    listener.listen(on, '127.0.0.1');
    await once(listener, 'listening');
  };
  await listen(0);
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port was given');

  const refuse = async () => {
    if (!listener.listening) return;
    const closed = once(listener, 'close');
    listener.close();
    for (const { client } of pairs) client.resetAndDestroy();
    await closed;
  };

  return {
    through: (url) => Object.assign(new URL(url), { port: String(address.port) }).href,
    taken: () => taken,
    cut(how) {
      for (const { client } of pairs) how === 'reset' ? client.resetAndDestroy() : client.end();
    },
    silence() {
      for (const pair of pairs) pair.silent = true;
    },
    inspect(next) {
      look = next;
    },
    refuse,
    async accept() {
      turningAway = false;
      if (!listener.listening) await listen(address.port);
    },
    turnAway() {
      turningAway = true;
    },
    close: refuse,
  };
}
