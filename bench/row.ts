/** One line of the benchmark table: a figure, what it is held against, and whether the limit is kept. */
export type BenchRow = {
  /** What was measured. */
  what: string;
  /** The figure with its unit, median and spread. */
  measured: string;
  /** The figure of the peer or of idleness, measured in the same run. */
  against: string;
  /** The figure as a number: a ratio to `against`, or milliseconds where the limit is one. */
  ratio: number;
  /** The limit as people read it, such as "≥ 1.5×" or "≤ + 10 ms". */
  limit: string;
  ok: boolean;
};

/** The middle of some numbers (the upper middle of an even count). */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The value below which the given part (0 to 1) of the values lies. Throws a RangeError for none. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
  if (value === undefined) throw new RangeError('no values');
  return value;
}

/** Median and spread, such as “12.0 (11.2–14.9)”. */
export function describe(values: readonly number[], digits = 1): string {
  const [middle, least, most] = [median(values), quantile(values, 0), quantile(values, 1)];
  return `${middle.toFixed(digits)} (${least.toFixed(digits)}–${most.toFixed(digits)})`;
}

/** The median of the turns' own ratios: neighbours in time were slowed by the same strangers. */
export function medianRatio(ours: readonly number[], theirs: readonly number[]): number {
  return median(ours.map((value, turn) => value / (theirs[turn] ?? Number.NaN)));
}

/** BENCH_QUICK=1: only to see that a benchmark works. */
export function isQuick(): boolean {
  return process.env.BENCH_QUICK === '1';
}

/** As many rounds as a figure needs, or one to see that it works. */
export function rounds(full: number): number {
  return isQuick() ? 1 : full;
}

/** Tells whoever waits how far a benchmark has come, on standard error: the tables are on standard output. */
export function progress(done: string): void {
  console.error(`  ${(performance.now() / 1000).toFixed(0).padStart(4)} s  ${done}`);
}

/** A figure that has no limit. */
export function plainRow(what: string, measured: string, against: string, ratio: number): BenchRow {
  return { what, measured, against, ratio, limit: '–', ok: true };
}

/** Prints rows as a table on standard output, for a benchmark that is run by itself. */
export function printRows(rows: readonly BenchRow[]): void {
  console.table(rows.map((row) => ({ ...row, ratio: Number(row.ratio.toFixed(2)) })));
}
