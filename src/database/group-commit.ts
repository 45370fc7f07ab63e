/**
 * Group commit: what comes while a write is under way goes into the next one together. A lone item is
 * written at once, a crowd in few statements, and no timer is needed to tell the two apart. Where nobody waits for the
 * write, it may linger for what comes within a moment.
 */
import { pause } from '../time/pause.ts';

export type GroupCommit<T> = Readonly<{
  /** Resolves once the item has been written, rejects with its write's error. */
  add(item: T): Promise<void>;
  /** Items that are not written yet. */
  size(): number;
  /** Resolves when everything added so far has been written, or has failed. */
  flushed(): Promise<void>;
}>;

/**
 * @param write puts one group, of at most `limit` items in the order of their arrival, in one statement
 * @param lingerMs how long a group waits for more before it is written
 */
export function createGroupCommit<T>(
  limit: number,
  write: (items: readonly T[]) => Promise<void>,
  lingerMs = 0,
): GroupCommit<T> {
  let waiting: { item: T; written: PromiseWithResolvers<void> }[] = [];
  let size = 0;
  let busy = false;
  /** Settles with the newest item, which is the last to be written. */
  let newest: Promise<unknown> = Promise.resolve();

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      if (lingerMs > 0) await pause(lingerMs, null);
      const group = waiting.slice(0, limit);
      waiting = waiting.slice(limit);
      try {
        await write(group.map(({ item }) => item));
        for (const { written } of group) written.resolve();
      } catch (error) {
        for (const { written } of group) written.reject(error);
      }
      size -= group.length;
    }
    busy = false;
  }

  return {
    add(item) {
      const written = Promise.withResolvers<void>();
      waiting.push({ item, written });
      newest = written.promise.catch(() => {});
      size += 1;
      if (!busy) {
        busy = true;
        // Not at once: requests that came in the same turn of the event loop share the first statement.
        setImmediate(writeAll);
      }
      return written.promise;
    },
    size: () => size,
    flushed: async () => void (await newest),
  };
}
