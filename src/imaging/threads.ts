import { Mutex } from 'async-mutex';
import { Piscina } from 'piscina';
import { AppError, toError } from '../errors.ts';
import type { Log } from '../log.ts';
import { OverdueError, withDeadline } from '../time/deadline.ts';
import { createLine } from './line.ts';

export type Threads = ReturnType<typeof createThreads>;

/** Has a thread run the function of this name. */
export type RunTask = <Input extends { bytes: Uint8Array }, Output>(
  name: string,
  task: Input,
  terms: { cost: number; signal: AbortSignal | undefined },
) => Promise<Output>;

/**
 * Worker threads that each run one exported function of `worker` at a time. A thread that dies, hangs longer
 * than `deadlineMs` or runs an aborted task is ended and replaced; no other task notices. Native code of sharp
 * that has begun runs on in libuv's pool until it is done or its own time is up (CONVERSION_SECONDS). What
 * cannot be survived is a codec that brings down the whole process.
 */
export function createThreads(options: {
  worker: URL;
  threads: number;
  /** Bytes of memory that the running tasks may take together. */
  memoryBytes: number;
  deadlineMs: number;
  log: Log;
}) {
  const { log, deadlineMs } = options;
  const line = createLine({ places: options.threads, capacity: options.memoryBytes });
  const pool = new Piscina({
    filename: options.worker.href,
    // Each starts with the first task that finds none free: 0.15 s of computing that not every process needs.
    minThreads: 0,
    maxThreads: options.threads,
    idleTimeout: Number.POSITIVE_INFINITY,
    concurrentTasksPerWorker: 1,
    // With atomics an idle thread sleeps outside its event loop, where finalizers of native objects are due:
    // 5 MB stayed behind after each picture, for good.
    atomics: 'disabled',
    recordTiming: false,
    // Pictures live outside the JavaScript heap; a heap of this size means that something runs away.
    resourceLimits: { maxOldGenerationSizeMb: 128 },
  });
  let closing = false;
  const counts = { completed: 0, failed: 0, replacedThreads: 0 };
  pool.on('error', (error: unknown) => log.error({ err: error }, 'an idle image thread died'));
  pool.on('workerDestroy', () => {
    if (!closing) counts.replacedThreads += 1;
  });

  /**
   * Waits for a thread and for memory, then runs `worker[name](task)` and resolves to what it returns. `task.bytes`
   * is copied when the turn comes (not while waiting) and must not be changed before. Throws an AppError
   * `imaging-busy` when the threads close, `image-unreadable` when the thread was lost to this task, and the
   * signal's reason when aborted.
   * @param cost bytes of memory that the task needs while it runs
   */
  const run: RunTask = async (name, task, { cost, signal }) => {
    await line.enter(cost, signal);
    try {
      return await runInThread(name, task, signal);
    } finally {
      line.leave(cost);
    }
  };

  /**
   * Waits until nothing else runs, and lets nothing begin beside `work`, which has tasks run one after the other by
   * the `run` that it is given. Throws as `run` does, and what `work` throws.
   */
  async function alone<T>(work: (run: RunTask) => Promise<T>, signal: AbortSignal | undefined): Promise<T> {
    const everything = options.memoryBytes;
    const turn = new Mutex();
    await line.enter(everything, signal);
    try {
      return await work((name, task, own) => turn.runExclusive(() => runInThread(name, task, own.signal)));
    } finally {
      line.leave(everything);
    }
  }

  async function runInThread<Input extends { bytes: Uint8Array }, Output>(
    name: string,
    task: Input,
    signal: AbortSignal | undefined,
  ): Promise<Output> {
    // One copy, then ownership: the caller keeps its bytes, which may be a slice of Node's shared Buffer pool
    // (transferring that would empty other people's Buffers; cloning would copy all of it).
    const bytes = new Uint8Array(task.bytes);
    try {
      const result = await withDeadline<Output>(deadlineMs, signal ?? null, (cut) =>
        pool.run({ ...task, bytes }, { name, transferList: [bytes.buffer], signal: cut }),
      );
      counts.completed += 1;
      return result;
    } catch (thrown) {
      counts.failed += 1;
      signal?.throwIfAborted();
      const error = toError(thrown);
      const reason = error instanceof OverdueError ? `ran longer than ${deadlineMs} ms` : 'ended its thread';
      log.warn({ err: error, operation: name }, `a picture ${reason}; the thread is replaced`);
      throw new AppError('image-unreadable', `${name} ${reason}`, { cause: error });
    }
  }

  /** Lets running tasks end, refuses waiting and new ones, then stops the threads. */
  async function close(): Promise<void> {
    await line.close();
    closing = true;
    await pool.destroy();
  }

  return { run, alone, close, statistics: () => ({ threads: options.threads, ...line.counts(), ...counts }) };
}
