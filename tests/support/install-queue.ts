import type { QueueConnection } from '../../src/database/client.ts';
import type { Log } from '../../src/log.ts';
import { createQueue } from '../../src/queue/queue.ts';
import { inPlain } from './in-plain.ts';

/** Puts the queue's tables into the image that test databases are cloned from; it takes seconds each time. */
export async function installQueue(connection: QueueConnection, log: Log): Promise<void> {
  const queue = createQueue(connection, log);
  await queue.start();
  await queue.stop(1000);
}

/** A queue's connection to a server that answers. */
export function queueOn(url: string): QueueConnection {
  return {
    kind: 'server',
    server: inPlain(url),
    keepsSessions: true,
    connectTimeoutMs: 30_000,
    silenceLimitMs: 60_000,
  };
}
