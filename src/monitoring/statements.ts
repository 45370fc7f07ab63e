import type { Log } from '../log.ts';
import { addDuration, averageMs, type Durations, noDurations, quantileMs } from './durations.ts';
import type { Monitor } from './monitor.ts';

/** What the database was asked, by name: times in milliseconds, `p95Ms` right to a quarter. */
export type StatementFigures = Readonly<{
  name: string;
  count: number;
  errors: number;
  meanMs: number;
  p95Ms: number;
  maxMs: number;
}>;

export type StatementWatch = ReturnType<typeof createStatementWatch>;

/** Names are verbs and tables: few. What would be more is a fault of ours, and is counted together. */
const MOST_NAMES = 200;
const MOST_TEXTS = 1000;
const SLOWEST = 10;

type Entry = Durations & { name: string; queryType: string };

/**
 * Counts every statement under its verb and its first table, such as `update photoshoots`, and writes a “Slow query”
 * line for what takes longer than the threshold. Parameters, which may be people's words, are never seen here.
 * @param options.slowMs `SLOW_QUERY_THRESHOLD`
 * @param options.echo writes every statement's text and time (`DB_ECHO`)
 */
export function createStatementWatch({
  monitor,
  slowMs,
  echo,
  log,
  now = () => performance.now(),
}: Readonly<{ monitor: Monitor; slowMs: number; echo: boolean; log: Log; now?: () => number }>) {
  const entries = new Map<string, Entry>();
  /** Few texts come again and again: their names are read once. */
  const ofText = new Map<string, Entry>();
  let running = 0;

  function entryOf(text: string): Entry {
    const known = ofText.get(text);
    if (known !== undefined) return known;
    const named = nameOf(text);
    const name = entries.has(named) || entries.size < MOST_NAMES ? named : 'other';
    const entry = entries.get(name) ?? { ...noDurations(), name, queryType: name.split(' ')[0] ?? name };
    entries.set(name, entry);
    if (ofText.size < MOST_TEXTS) ofText.set(text, entry);
    return entry;
  }

  return {
    /** A statement goes out; the function that is given back says that it was answered. */
    begin(text: string): (failed: boolean) => void {
      const startedAt = now();
      running += 1;
      return (failed) => {
        running -= 1;
        const durationMs = now() - startedAt;
        const entry = entryOf(text);
        const { name, queryType } = entry;
        addDuration(entry, durationMs, failed);
        const labels = { query_type: queryType };
        monitor.observe('db_query_duration_seconds', durationMs, labels);
        if (failed) monitor.count('db_query_errors_total', labels);
        if (durationMs >= slowMs)
          log.warn({ statement: name, durationMs: Math.round(durationMs) }, 'Slow query');
        if (echo) log.info({ statement: text, durationMs: Math.round(durationMs * 10) / 10 }, 'statement');
      };
    },

    /** Statements that were asked and not answered yet. */
    running: () => running,

    /** By name, what took most time in all first. */
    all: (): readonly StatementFigures[] =>
      [...entries.values()].sort((a, b) => b.sumMs - a.sumMs).map(figuresOf),

    /** Those whose worst times are worst. */
    slowest: (): readonly StatementFigures[] =>
      [...entries.values()]
        .map(figuresOf)
        .sort((a, b) => b.p95Ms - a.p95Ms)
        .slice(0, SLOWEST),
  };
}

function figuresOf(entry: Entry): StatementFigures {
  const { name, count, failed: errors, maxMs } = entry;
  return {
    name,
    count,
    errors,
    meanMs: rounded(averageMs(entry) ?? 0),
    p95Ms: rounded(quantileMs(entry, 0.95) ?? 0),
    maxMs: rounded(maxMs),
  };
}

/** The verb of a statement and the first table that it names. */
export function nameOf(text: string): string {
  const verb = /^\s*(\w+)/.exec(text)?.[1]?.toLowerCase() ?? 'other';
  const table = /\b(?:from|into|update|join)\s+"?(?!lateral\b|select\b|unnest\b)([a-z_]{3,60})"?/i.exec(
    text,
  )?.[1];
  return table === undefined ? verb : `${verb} ${table.toLowerCase()}`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
