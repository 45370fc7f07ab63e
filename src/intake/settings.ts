/** Durations in milliseconds. */
export type IntakeSettings = Readonly<{
  /** Unfinished updates held in memory; above it Telegram keeps the rest. */
  capacity: number;
  /** Of these, how many of one lane: the rest of a flood stays in the table, so that others have room. */
  laneCapacity: number;
  /** Updates handled at the same time; checkouts and cancellations come on top. */
  concurrency: number;
  /** A handler that takes longer has failed. */
  handlerDeadlineMs: number;
  apologyDeadlineMs: number;
  /** How often a process says that it is alive, and looks for updates that nobody works on. */
  beatMs: number;
  /** A process that could not say so for this long starts no handler and aborts those under way … */
  lateMs: number;
  /** … and after this long another one may take over what it has. The difference is for its handlers to end. */
  deadMs: number;
  /** An update whose process died this often is taken for the cause, and not handled again. */
  maxDeaths: number;
  /** The first wait after a passing fault; each further one doubles, up to the longest. */
  firstBackOffMs: number;
  longestBackOffMs: number;
}>;

export const INTAKE_SETTINGS: IntakeSettings = {
  capacity: 1000,
  laneCapacity: 50,
  // A poll brings a hundred. What finds a place as it is written has begun with that; what must wait costs another statement.
  concurrency: 128,
  // Above the limit on silent connections to the database (QUERY_TIMEOUT + 5 s): what waits on one ends before.
  handlerDeadlineMs: 40_000,
  apologyDeadlineMs: 10_000,
  beatMs: 1_000,
  lateMs: 5_000,
  deadMs: 10_000,
  maxDeaths: 5,
  firstBackOffMs: 500,
  longestBackOffMs: 8_000,
};
