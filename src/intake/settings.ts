/** Durations in milliseconds. */
export type IntakeSettings = Readonly<{
  /** Unfinished updates held in memory; above it Telegram keeps the rest. */
  capacity: number;
  /** Updates handled at the same time; a pre-checkout comes on top. */
  concurrency: number;
  /** A handler that takes longer has failed. */
  handlerDeadlineMs: number;
  apologyDeadlineMs: number;
  /** The wait before each further attempt after a fault of the database. */
  retryDelaysMs: readonly number[];
  /** For this long a process may keep an update before another one takes it. */
  leaseMs: number;
  /** How often a webhook's process looks for updates that nobody works on. */
  takeOverIntervalMs: number;
  /** An update whose process died this often is taken for the cause, and not handled again. */
  maxDeaths: number;
  /** The first wait after a failed write or poll; each further one doubles, up to the longest. */
  firstBackOffMs: number;
  longestBackOffMs: number;
}>;

/** The lease outlasts deadline and apology together, so that what is being handled is never taken over. */
export const INTAKE_SETTINGS: IntakeSettings = {
  capacity: 1000,
  concurrency: 64,
  handlerDeadlineMs: 30_000,
  apologyDeadlineMs: 10_000,
  retryDelaysMs: [500, 2_000, 6_000],
  leaseMs: 60_000,
  takeOverIntervalMs: 1_000,
  maxDeaths: 5,
  firstBackOffMs: 500,
  longestBackOffMs: 30_000,
};

/** The wait after `failures` (1 or more) in a row; half of it is chance, so that processes do not march in step. */
export function backOffMs(failures: number, settings: IntakeSettings): number {
  const full = Math.min(settings.firstBackOffMs * 2 ** (failures - 1), settings.longestBackOffMs);
  return (full * (1 + Math.random())) / 2;
}
