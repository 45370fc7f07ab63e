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

/** Its items share one promise: they are written together, or not. */
type Group<T> = { readonly items: T[]; readonly written: PromiseWithResolvers<void> };

/**
 * @param write puts one group, of at most `limit` items in the order of their arrival, in one statement
 * @param lingerMs how long a group waits for more before it is written
 */
export function createGroupCommit<T>(
  limit: number,
  write: (items: readonly T[]) => Promise<void>,
  lingerMs = 0,
): GroupCommit<T> {
  /** In the order of their writing; the last one is open. */
  const waiting: Group<T>[] = [];
  let size = 0;
  let busy = false;
  /** Settles last of all that were added. */
  let newest: Promise<unknown> = Promise.resolve();

  function openGroup(): Group<T> {
    const last = waiting.at(-1);
    if (last !== undefined && last.items.length < limit) return last;
    const group: Group<T> = { items: [], written: Promise.withResolvers() };
    waiting.push(group);
    newest = group.written.promise;
    return group;
  }

  async function writeAll(): Promise<void> {
    while (waiting.length > 0) {
      if (lingerMs > 0) await pause(lingerMs, null);
      const group = waiting.shift();
      if (group === undefined) break;
      try {
        await write(group.items);
        group.written.resolve();
      } catch (error) {
        group.written.reject(error);
      }
      size -= group.items.length;
    }
    busy = false;
  }

  return {
    add(item) {
      const { items, written } = openGroup();
      items.push(item);
      size += 1;
      if (!busy) {
        busy = true;
        // Not at once: requests that came in the same turn of the event loop share the first statement.
        setImmediate(writeAll);
      }
      return written.promise;
    },
    size: () => size,
    flushed: () => newest.then(noop, noop),
  };
}

function noop(): void {}
