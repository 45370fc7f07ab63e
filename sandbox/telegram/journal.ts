import { waitForOne } from './wait-for-one.ts';

/** One call of the bot, after it was carried out or refused. */
export type JournalEntry = {
  method: string;
  /** As sent; a file is { filename, bytes: its length }. */
  parameters: Readonly<Record<string, unknown>>;
  /** Milliseconds since the epoch, when the call came and when its outcome stood. */
  startedAt: number;
  endedAt: number;
  /** The HTTP status; 0 when a fault left the call without an answer. */
  code: number;
  description?: string;
};

/** Enough for the largest load test; older calls are forgotten. */
const KEPT_CALLS = 50_000;
const WAIT_MS = 30_000;

export type Journal = ReturnType<typeof createJournal>;

/** What the bot asked of its Bot API, in the order of the outcomes. */
export function createJournal() {
  let entries: JournalEntry[] = [];
  const listeners = new Set<(entry: JournalEntry) => void>();

  return {
    add(entry: JournalEntry): void {
      entries.push(entry);
      if (entries.length > KEPT_CALLS * 2) entries = entries.slice(-KEPT_CALLS);
      for (const listener of [...listeners]) listener(entry);
    },
    calls: (method?: string): readonly JournalEntry[] =>
      method === undefined ? [...entries] : entries.filter((entry) => entry.method === method),
    clear(): void {
      entries = [];
    },
    /**
     * The first call that fits, among those already made or to come.
     * @throws Error when none came within `timeoutMs` (30 s).
     */
    async waitFor(
      wanted: string | ((entry: JournalEntry) => boolean),
      options: { timeoutMs?: number } = {},
    ): Promise<JournalEntry> {
      const fits = typeof wanted === 'string' ? (entry: JournalEntry) => entry.method === wanted : wanted;
      const known = entries.find(fits);
      if (known) return known;
      return waitForOne<JournalEntry>({
        subscribe(listener) {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        fits,
        timeoutMs: options.timeoutMs ?? WAIT_MS,
        failure: () => new Error(`No such call came; the bot made ${entries.length} others`),
      });
    },
  };
}
