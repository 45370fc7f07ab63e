/**
 * Keeps this process within its memory: above the limit caches give up half of what they hold, at each look again, and
 * work that is new waits. It never waits for ever: what the system has given to a process does not all come back, and one
 * piece of work at a time is always let in.
 */
import type { Log } from '../log.ts';
import { pause } from '../time/pause.ts';

export type MemoryGuard = Readonly<{
  /** What a schedule does every few seconds. */
  look: () => void;
  /** Does some work, at once where there is room for it. */
  admit: <T>(work: () => Promise<T>) => Promise<T>;
  /** Whether memory was above the limit at the last look. */
  isOver: () => boolean;
  /** Lets in whoever waits, because the process ends. */
  close: () => void;
}>;

/** New work waits for so long at the most, in milliseconds: half of it is what a seller bears beside a picture’s half minute. */
const LONGEST_WAIT_MS = 30_000;
const MIB = 1024 * 1024;

/**
 * @param options.trim gives up what is kept for comfort. @returns how much
 * @param options.rss bytes of memory that the system has given to this process
 */
export function createMemoryGuard({
  limitBytes,
  trim,
  rss = () => process.memoryUsage.rss(),
  log,
}: Readonly<{
  limitBytes: number;
  trim: () => { removed: number; bytes: number };
  rss?: () => number;
  log: Log;
}>): MemoryGuard {
  let running = 0;
  /** Ends when there is room again; null while there is. */
  let over: AbortController | null = null;

  return {
    look() {
      const used = rss();
      if (used <= limitBytes) {
        if (over !== null) log.info({ usedMb: Math.round(used / MIB) }, 'memory is below its limit again');
        over?.abort();
        over = null;
        return;
      }
      const { removed, bytes } = trim();
      const facts = { usedMb: Math.round(used / MIB), limitMb: Math.round(limitBytes / MIB), removed, bytes };
      if (over === null) log.warn(facts, 'memory is above its limit: caches give up what they can');
      over ??= new AbortController();
    },

    async admit(work) {
      if (over !== null && running > 0) await pause(LONGEST_WAIT_MS, over.signal);
      running += 1;
      try {
        return await work();
      } finally {
        running -= 1;
      }
    },

    isOver: () => over !== null,
    close: () => over?.abort(),
  };
}
