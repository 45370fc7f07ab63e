import type { BackOff } from '../time/back-off.ts';

/** Durations in milliseconds. The back-off is what follows a failed write or poll. */
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
}> &
  BackOff;

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
