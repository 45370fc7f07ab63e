/** The connections to Redis: one for commands, one that only listens. Both come back by themselves. */
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { Log } from '../log.ts';
import type { RedisAddress } from '../redis-address.ts';

export type RedisClient = Redis | Cluster;
export type RedisConnections = Readonly<{
  commands: RedisClient;
  /** Subscribed to channels; takes no other commands. */
  subscriber: RedisClient;
  close(): void;
}>;

/** A command that has not been answered by then has failed: a frozen server answers nothing, and nobody may wait for it. */
const COMMAND_TIMEOUT_MS = 200;
const CONNECT_TIMEOUT_MS = 500;
/** How soon a lost connection is tried again: it grows to this. */
const LONGEST_RECONNECT_MS = 2_000;

/** Begins to connect and does not wait for it: until then, and whenever Redis is away, every command fails at once. */
export function connectRedis(address: RedisAddress, log: Log): RedisConnections {
  const open = (role: 'commands' | 'subscriber'): RedisClient => {
    const client = openClient(address, role === 'subscriber');
    let told = false;
    // Without a listener an error ends the process. An outage is told once, however often it is tried again.
    client.on('error', (error: unknown) => {
      if (!told) log.warn({ err: error, role }, 'Redis is away; memory serves meanwhile');
      told = true;
    });
    client.on('ready', () => {
      log.info({ role }, told ? 'Redis is back' : 'Redis is connected');
      told = false;
    });
    return client;
  };
  const [commands, subscriber] = [open('commands'), open('subscriber')];
  return {
    commands,
    subscriber,
    close() {
      commands.disconnect();
      subscriber.disconnect();
    },
  };
}

function openClient(address: RedisAddress, subscribes: boolean): RedisClient {
  const { kind, nodes, tls, user, password, database, master } = address;
  const options: RedisOptions = {
    ...(user === null ? {} : { username: user }),
    ...(password === null ? {} : { password }),
    ...(tls ? { tls: {} } : {}),
    db: database,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // A subscriber waits for messages; only its commands would have a limit, and it is ready when they are answered.
    ...(subscribes ? {} : { commandTimeout: COMMAND_TIMEOUT_MS }),
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    autoResubscribe: false,
    retryStrategy: (times) => Math.min(50 * times, LONGEST_RECONNECT_MS),
  };
  switch (kind) {
    case 'cluster':
      return new Cluster([...nodes], {
        redisOptions: options,
        enableOfflineQueue: false,
        clusterRetryStrategy: (times) => Math.min(50 * times, LONGEST_RECONNECT_MS),
      });
    case 'sentinel':
      return new Redis({ ...options, sentinels: [...nodes], name: master ?? '' });
    case 'single':
      return new Redis({ ...options, ...nodes[0] });
    default: {
      const never: never = kind;
      throw new Error(`unknown kind of Redis ${String(never)}`);
    }
  }
}
