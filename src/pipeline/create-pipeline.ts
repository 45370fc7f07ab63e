/** The pipeline: which job is done by which step, and what goes on beside the jobs. */
import { toError } from '../errors.ts';
import { releaseAllLeases } from '../photoshoots/run/start-photoshoot.ts';
import type { JobName } from '../queue/queue.ts';
import type { PipelineDeps } from './deps.ts';
import { giveUp } from './give-up.ts';
import { tellMorning } from './morning-digest.ts';
import { watchProviders } from './provider-watch.ts';
import { createLineRefresh } from './refresh-line.ts';
import { runDetection } from './run-detection.ts';
import { runPhotoshoot } from './run-photoshoot.ts';
import { sendBroadcasts } from './send-broadcasts.ts';
import { sendCutOut } from './send-cut-out.ts';
import { sendListing } from './send-listing.ts';
import { sendOriginals } from './send-originals.ts';
import { giveUpPack, sendPack } from './send-pack.ts';
import { warnOfEndingModels } from './warn-of-ending-models.ts';
import { watchBudget } from './watch-budget.ts';

/** A step: does one job. What it throws makes the queue try the job again. */
type JobStep = (deps: PipelineDeps, photoshootId: number, signal: AbortSignal) => Promise<void>;

export type Pipeline = ReturnType<typeof createPipeline>;

export function createPipeline(deps: PipelineDeps) {
  /** Every line of a job says which job it is and of which photoshoot. */
  function work(name: JobName, workers: number, step: JobStep): Promise<void> {
    return deps.queue.work(name, workers, async ({ photoshootId }, signal) => {
      const log = deps.log.child({ job: name, photoshootId });
      try {
        await step({ ...deps, log }, photoshootId, signal);
      } catch (error) {
        // Where the process stops, the job only waits for another one.
        if (!signal.aborted) log.warn({ err: toError(error) }, 'a job failed: the queue tries it again');
        throw error;
      }
    });
  }

  return {
    /**
     * Takes up work: first what a process that died has left.
     * @param options.aloneOnDatabase no other process works on this database, so that what is leased is
     * leased by the dead, and nobody has to wait for the end of a lease
     */
    async start(options: { workers: number; aloneOnDatabase: boolean }): Promise<void> {
      if (options.aloneOnDatabase) {
        await releaseAllLeases(deps.db);
        await deps.queue.reclaim();
      }
      await work('detect-product', options.workers, runDetection);
      await work('run-photoshoot', options.workers, runPhotoshoot);
      await work('send-originals', options.workers, sendOriginals);
      // One at a time: a pack of files stays in memory until it is sent.
      await work('send-pack', 1, sendPack);
      await work('send-cut-out', options.workers, sendCutOut);
      await work('send-listing', options.workers, sendListing);
      await work('give-up', 1, giveUp);
      await work('give-up-pack', 1, giveUpPack);
    },

    /** Shows everyone in line their place anew. */
    refreshLine: createLineRefresh(deps),

    /** Notices that a provider is back for which somebody waits. */
    watchProviders: (signal: AbortSignal) => watchProviders(deps, signal),

    /** Tells the owners of models in use that end soon. */
    warnOfEndingModels: (signal: AbortSignal) => warnOfEndingModels(deps, new Date(), signal),
    /** Tells the next readers of what owners tell many people. */
    sendBroadcasts: (signal: AbortSignal) => sendBroadcasts(deps, new Date(), signal),

    /** Tells the owners of yesterday, once a morning. */
    tellMorning: (now: Date) => tellMorning(deps, now),

    /** Stops what costs money when the day's budget is spent. */
    watchBudget: (now: Date) => watchBudget(deps, deps.providerBudgetUsd, now),
  };
}
