/** The pipeline: which job is done by which step, and what goes on beside the jobs. */
import { toError } from '../errors.ts';
import { releaseAllLeases } from '../photoshoots/run/start-photoshoot.ts';
import type { JobName, Jobs } from '../queue/jobs.ts';
import { deleteDue } from './delete-due.ts';
import type { PipelineDeps } from './deps.ts';
import { forgetPerson } from './forget-person.ts';
import { giveUp } from './give-up.ts';
import { watchProviders } from './provider-watch.ts';
import { createLineRefresh } from './refresh-line.ts';
import { runDetection } from './run-detection.ts';
import { runPhotoshoot } from './run-photoshoot.ts';
import { sendBroadcasts } from './send-broadcasts.ts';
import { sendCutOut } from './send-cut-out.ts';
import { giveUpData, sendData } from './send-data.ts';
import { sendJpegs } from './send-jpegs.ts';
import { sendListing } from './send-listing.ts';
import { sendOriginals } from './send-originals.ts';
import { giveUpPack, sendPack } from './send-pack.ts';
import { tellDigests } from './tell-digests.ts';
import { warmCaches } from './warm-caches.ts';
import { warnOfEndingModels } from './warn-of-ending-models.ts';
import { watchBudget } from './watch-budget.ts';
import { watchLine } from './watch-line.ts';

/** A step: does one job. What it throws makes the queue try the job again. */
type PhotoshootStep = (deps: PipelineDeps, photoshootId: number, signal: AbortSignal) => Promise<void>;
type PhotoshootJob = Exclude<JobName, 'send-data' | 'give-up-data'>;

export type Pipeline = ReturnType<typeof createPipeline>;

export function createPipeline(deps: PipelineDeps) {
  /** Every line of a job says which job it is and what of. */
  function work<N extends JobName>(
    name: N,
    workers: number,
    step: (deps: PipelineDeps, data: Jobs[N], signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    return deps.queue.work(name, workers, async (data, signal) => {
      const log = deps.log.child({ job: name, ...data });
      try {
        await step({ ...deps, log }, data, signal);
      } catch (error) {
        // Where the process stops, the job only waits for another one.
        if (!signal.aborted) log.warn({ err: toError(error) }, 'a job failed: the queue tries it again');
        throw error;
      }
    });
  }

  const workOnPhotoshoots = (name: PhotoshootJob, workers: number, step: PhotoshootStep): Promise<void> =>
    work(name, workers, (stepDeps, { photoshootId }, signal) => step(stepDeps, photoshootId, signal));

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
      await workOnPhotoshoots('detect-product', options.workers, runDetection);
      await workOnPhotoshoots('run-photoshoot', options.workers, runPhotoshoot);
      await workOnPhotoshoots('send-originals', options.workers, sendOriginals);
      await workOnPhotoshoots('send-jpegs', options.workers, sendJpegs);
      // One at a time: a pack of files stays in memory until it is sent.
      await workOnPhotoshoots('send-pack', 1, sendPack);
      await workOnPhotoshoots('send-cut-out', options.workers, sendCutOut);
      await workOnPhotoshoots('send-listing', options.workers, sendListing);
      await workOnPhotoshoots('give-up', 1, giveUp);
      await workOnPhotoshoots('give-up-pack', 1, giveUpPack);
      // One at a time: it reads much, and nobody waits for it at the counter.
      await work('send-data', 1, (stepDeps, { dataRequestId }, signal) =>
        sendData(stepDeps, dataRequestId, signal),
      );
      await work('give-up-data', 1, (stepDeps, { dataRequestId }) => giveUpData(stepDeps, dataRequestId));
    },

    /** Shows everyone in line their place anew. */
    refreshLine: createLineRefresh(deps),

    /** Notices that a provider is back for which somebody waits. */
    watchProviders: (signal: AbortSignal) => watchProviders(deps, signal),

    /** Tells the owners of models in use that end soon. */
    warnOfEndingModels: (signal: AbortSignal) => warnOfEndingModels(deps, new Date(), signal),
    /** Tells the next readers of what owners tell many people. */
    sendBroadcasts: (signal: AbortSignal) => sendBroadcasts(deps, new Date(), signal),

    /** Tells the owners of yesterday once a morning, and of the week before if they like. */
    tellDigests: (now: Date) => tellDigests(deps, now),

    /** Deletes the data of those whose days to come back are over. */
    deleteDue: (now: Date, signal: AbortSignal) => deleteDue(deps, now, signal),

    /** Drops what the caches hold of a person. */
    forgetPerson: (userId: number) => forgetPerson(deps, userId),

    /** Makes ready what is asked for soon. */
    warmCaches: (now: Date) => warmCaches(deps, now),

    /** Notices that the line has room again. */
    watchLine: () => watchLine(deps),

    /** Stops what costs money when the day's budget is spent. */
    watchBudget: (now: Date) => watchBudget(deps, deps.providerBudgetUsd, now),
  };
}
