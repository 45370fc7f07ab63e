/** Which jobs there are, and what the queue does with each kind; whoever adds one adds it here. */

/** Every kind of job and what it carries. */
export type Jobs = {
  'detect-product': { photoshootId: number };
  'run-photoshoot': { photoshootId: number };
  'send-originals': { photoshootId: number };
  'send-jpegs': { photoshootId: number };
  'send-cut-out': { photoshootId: number };
  'send-listing': { photoshootId: number };
  'send-pack': { photoshootId: number };
  /** What becomes of files whose job failed every time: the seller is told, and can ask again. */
  'give-up-pack': { photoshootId: number };
  'send-data': { dataRequestId: number };
  /** The same for the file with a person's data. */
  'give-up-data': { dataRequestId: number };
  /** What becomes of a photoshoot whose job failed every time: an end, so that nobody waits for ever. */
  'give-up': { photoshootId: number };
};
export type JobName = keyof Jobs;

/** A queue comes after the one that its hopeless jobs go to. */
export const JOB_NAMES = [
  'give-up',
  'give-up-pack',
  'give-up-data',
  'detect-product',
  'run-photoshoot',
  'send-originals',
  'send-jpegs',
  'send-pack',
  'send-cut-out',
  'send-data',
  'send-listing',
] as const satisfies readonly JobName[];

/** Where the jobs go that failed every time. */
export const HOPELESS: Partial<Record<JobName, JobName>> = {
  'detect-product': 'give-up',
  'run-photoshoot': 'give-up',
  'send-pack': 'give-up-pack',
  'send-data': 'give-up-data',
};

/**
 * Of these there is only one job for each photoshoot that no worker has begun: a further one takes its place, with
 * its own time. Each job leaves the next one behind, so two side by side would stay two for as long as it waits.
 */
export const ONE_WAITING: ReadonlySet<JobName> = new Set(['run-photoshoot']);
