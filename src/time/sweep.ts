import { toError } from '../errors.ts';
import type { Log } from '../log.ts';

/** How many things went, and how many bytes of memory or disk with them where that is known. */
export type Swept = Readonly<{ removed: number; bytes: number }>;

/** One thing that ends or drops what is over. `run` gives how many that were. */
export type Sweep = Readonly<{
  name: string;
  run: (now: Date, signal: AbortSignal) => Promise<number | Swept> | number | Swept;
}>;

export type SweepReport = Readonly<{ name: string; failed: boolean } & Swept>;

/** How much a clean-up removed, and how many of its steps failed. */
export function sumOf(reports: readonly SweepReport[]): Swept & { failed: number } {
  return {
    removed: reports.reduce((total, { removed }) => total + removed, 0),
    bytes: reports.reduce((total, { bytes }) => total + bytes, 0),
    failed: reports.filter(({ failed }) => failed).length,
  };
}

/** @returns a function that runs the work; who asks while it runs is given the end of that run */
export function oneAtATime<T>(work: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null;
  return () => {
    running ??= work().finally(() => {
      running = null;
    });
    return running;
  };
}

/** Runs one of them and says what it did. */
export async function sweepOnce({ name, run }: Sweep, log: Log, signal: AbortSignal): Promise<Swept> {
  const swept = await run(new Date(), signal);
  const { removed, bytes } = typeof swept === 'number' ? { removed: swept, bytes: 0 } : swept;
  if (removed > 0) log.debug({ task: name, removed, bytes }, 'cleaned up');
  return { removed, bytes };
}

/** Runs all of them, one after another; one that fails keeps no other from running. */
export async function sweepAll(
  sweeps: readonly Sweep[],
  log: Log,
  signal: AbortSignal,
): Promise<readonly SweepReport[]> {
  const reports: SweepReport[] = [];
  for (const sweep of sweeps) {
    const { name } = sweep;
    try {
      reports.push({ name, failed: false, ...(await sweepOnce(sweep, log, signal)) });
    } catch (error) {
      log.error({ err: toError(error), task: name }, 'an upkeep task failed');
      reports.push({ name, failed: true, removed: 0, bytes: 0 });
    }
  }
  return reports;
}
