/**
 * The second tier of the caches: values in Redis, shared by processes and kept over restarts. It may be away at any
 * time and must cost nobody anything then: what cannot be read is a miss, what cannot be written is not kept, and an
 * invalidation that could not be sent is sent when Redis is back.
 *
 * A tag has a generation, a random word in Redis. It is read before a value is computed and stored with the value; a
 * value whose tags have other generations by now does not count. So an invalidation wins over every computation
 * that began before it, in whichever process, and a generation that Redis evicted only makes values miss.
 */
import { randomBytes } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import { Cluster, type Redis } from 'ioredis';
import type { Log } from '../log.ts';
import type { RedisConnections } from '../redis/connect.ts';

export type Generations = readonly string[];
/** What was read: the generations of the tags, and the value, undefined where there is none that counts. */
export type SharedRead = Readonly<{ generations: Generations; value: { is: unknown } | undefined }>;

export type SharedTier = Readonly<{
  /** Null while Redis is away. */
  read: (key: string, tags: readonly string[]) => Promise<SharedRead | null>;
  /** @param tags those that a value is found by (`FOUND_BY`) have it dropped at once when they are invalidated */
  write: (
    key: string,
    value: unknown,
    generations: Generations,
    ttlMs: number,
    tags: readonly string[],
  ) => Promise<void>;
  /**
   * Gives up the memory of all values whose keys begin so; that they count no more is said by `invalidate`. It goes by
   * batches, so that nobody else's command waits for it, and ends where Redis goes away. @returns how many went
   */
  drop: (prefix: string) => Promise<number>;
  /** Bytes that Redis uses, for whatever; null while it is away. `limit`: null where it has none. */
  memory: () => Promise<{ used: number; limit: number | null } | null>;
  /** Never rejects: what cannot be sent now is sent later. */
  invalidate: (tags: readonly string[]) => Promise<void>;
  /** Another process, or this one, has invalidated these tags; `all`: messages may have been lost. */
  onInvalidated: (listener: (tags: readonly string[] | 'all') => void) => void;
  /** False while other processes' invalidations cannot be heard. */
  hears: () => boolean;
  statistics: () => SharedStatistics;
}>;
export type SharedStatistics = Readonly<{ away: boolean; failures: number; unsent: number }>;

/** The braces keep all keys in one slot, where a script may touch them together. */
const PREFIX = '{vitrine}:cache:';
const CHANNEL = `${PREFIX}invalidated`;
/** The form of the stored values; another one is a miss. */
const FORMAT = 2;
/** After a failure Redis is left alone for this long: a frozen one costs 200 ms a command. */
const REST_MS = 1_000;
/** How many keys a server looks at for one step of a search: a millisecond's worth. */
const BATCH = 500;
/**
 * Values with such a tag are of one person. Not to count any more is not enough for them: they are dropped, and so each
 * is written down under its tag, for as long as the longest of them lives.
 */
const FOUND_BY = 'person:';
const GENERATION_TTL_MS = 30 * 86_400_000;

/** KEYS: the value, then the generations; ARGV: a word for those that are missing, and their time to live. */
const READ_SCRIPT = `
local answer = {redis.call('get', KEYS[1])}
for index = 2, #KEYS do
  if redis.call('exists', KEYS[index]) == 0 then
    redis.call('set', KEYS[index], ARGV[1], 'PX', ARGV[2])
  end
  answer[index] = redis.call('get', KEYS[index])
end
return answer`;

/** KEYS: the set of what is written under a tag; all of it goes, and the set with it. */
const DROP_SCRIPT = `
for _, key in ipairs(redis.call('smembers', KEYS[1])) do redis.call('unlink', key) end
return redis.call('unlink', KEYS[1])`;

type WithScript = (Redis | Cluster) & {
  readCachedBuffer(keys: number, ...rest: string[]): Promise<(Buffer | null)[]>;
};

export function createSharedTier({ commands, subscriber }: RedisConnections, log: Log): SharedTier {
  // Its number of keys differs from call to call, so each call tells it.
  commands.defineCommand('readCached', { lua: READ_SCRIPT });
  // defineCommand adds the method, which no type knows.
  const client = commands as WithScript;
  const unsent = new Set<string>();
  const listeners: ((tags: readonly string[] | 'all') => void)[] = [];
  let restUntil = 0;
  let subscribed = false;
  let failures = 0;

  const isAway = () => commands.status !== 'ready' || performance.now() < restUntil;
  const generationKey = (tag: string) => `${PREFIX}generation:${tag}`;
  const keysOf = (tag: string) => `${PREFIX}keys:${tag}`;
  const newWord = () => randomBytes(9).toString('base64url');
  const tell = (tags: readonly string[] | 'all') => {
    for (const listener of listeners) listener(tags);
  };

  /** Null when it fails. What the server refuses, such as a write when it is full, is no outage. */
  async function attempt<T>(what: string, command: () => Promise<T>): Promise<T | null> {
    if (isAway()) return null;
    try {
      return await command();
    } catch (error) {
      failures += 1;
      const refused = error instanceof Error && error.name === 'ReplyError';
      if (!refused) restUntil = performance.now() + REST_MS;
      log.debug({ err: error, what }, 'a command of the cache failed');
      return null;
    }
  }

  async function send(tags: readonly string[]): Promise<boolean> {
    const sent = await attempt('invalidate', async () => {
      const pipeline = commands.pipeline();
      for (const tag of tags) pipeline.set(generationKey(tag), newWord(), 'PX', GENERATION_TTL_MS);
      for (const tag of tags.filter(isFoundBy)) pipeline.eval(DROP_SCRIPT, 1, keysOf(tag));
      pipeline.publish(CHANNEL, JSON.stringify(tags));
      const answers = (await pipeline.exec()) ?? [];
      const fault = answers.find(([error]) => error !== null)?.[0];
      if (fault) throw fault;
      return true;
    });
    return sent === true;
  }

  async function flushUnsent(): Promise<void> {
    const tags = [...unsent];
    if (tags.length > 0 && (await send(tags))) for (const tag of tags) unsent.delete(tag);
  }

  commands.on('ready', () => {
    restUntil = 0;
    void flushUnsent();
  });
  subscriber.on('close', () => {
    subscribed = false;
  });
  subscriber.on('ready', () => {
    subscriber
      .subscribe(CHANNEL)
      .then(() => {
        subscribed = true;
        // Whatever was said while nobody listened.
        tell('all');
      })
      .catch((error: unknown) => log.debug({ err: error }, 'the cache could not subscribe'));
  });
  subscriber.on('message', (_channel: string, message: string) => {
    // Our own words, by JSON.stringify above.
    tell(JSON.parse(message) as string[]);
  });

  return {
    async read(key, tags) {
      if (unsent.size > 0) await flushUnsent();
      const keys = [PREFIX + key, ...tags.map(generationKey)];
      const answer = await attempt('read', () =>
        client.readCachedBuffer(keys.length, ...keys, newWord(), String(GENERATION_TTL_MS)),
      );
      if (answer === null) return null;
      const [stored = null, ...words] = answer;
      const generations = words.map((word) => word?.toString() ?? '');
      // What could not be sent makes these tags' values old, whatever Redis says of them.
      if (tags.some((tag) => unsent.has(tag))) return { generations, value: undefined };
      return { generations, value: stored === null ? undefined : unpack(stored, generations) };
    },

    async write(key, value, generations, ttlMs, tags) {
      const packed = serialize({ format: FORMAT, generations, value });
      const lifeMs = Math.ceil(ttlMs);
      await attempt('write', async () => {
        // First, so that no value is there that is not found.
        for (const tag of tags.filter(isFoundBy)) {
          await commands.sadd(keysOf(tag), PREFIX + key);
          await commands.pexpire(keysOf(tag), lifeMs);
        }
        await commands.set(PREFIX + key, packed, 'PX', lifeMs);
      });
    },

    async drop(prefix) {
      let dropped = 0;
      // A cluster has all of ours on the node of their slot; the others have none.
      const nodes = commands instanceof Cluster ? commands.nodes('master') : [commands];
      for (const node of nodes) {
        for (let cursor: string | null = '0'; cursor !== null; ) {
          const step: readonly [string, number] | null = await attempt('drop', () =>
            dropStep(node, cursor ?? '0', `${PREFIX}${prefix}*`),
          );
          dropped += step?.[1] ?? 0;
          cursor = step === null || step[0] === '0' ? null : step[0];
        }
      }
      return dropped;
    },

    async memory() {
      const node = commands instanceof Cluster ? commands.nodes('master')[0] : commands;
      const text = node === undefined ? null : await attempt('memory', () => node.info('memory'));
      if (text === null) return null;
      const of = (name: string) => Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(text)?.[1] ?? 0);
      return { used: of('used_memory'), limit: of('maxmemory') || null };
    },

    async invalidate(tags) {
      for (const tag of tags) unsent.add(tag);
      await flushUnsent();
    },

    onInvalidated: (listener) => void listeners.push(listener),
    hears: () => subscribed && subscriber.status === 'ready',
    statistics: () => ({ away: isAway(), failures, unsent: unsent.size }),
  };
}

/** One step of the search: what it finds goes. @returns where the next one begins, and how many went */
async function dropStep(node: Redis, cursor: string, pattern: string): Promise<readonly [string, number]> {
  const [next, keys] = await node.scan(cursor, 'MATCH', pattern, 'COUNT', BATCH);
  return [next, keys.length === 0 ? 0 : await node.unlink(...keys)];
}

function isFoundBy(tag: string): boolean {
  return tag.startsWith(FOUND_BY);
}

function unpack(stored: Buffer, generations: Generations): { is: unknown } | undefined {
  try {
    const { format, generations: before, value } = deserialize(stored);
    const counts = format === FORMAT && String(before) === String(generations);
    return counts ? { is: value } : undefined;
  } catch {
    // Another program's, or another version's.
    return undefined;
  }
}
