/** The pipeline: which job is done by which step, and what goes on beside the jobs. */
import { releaseAllLeases } from '../photoshoots/run/start-photoshoot.ts';
import type { PipelineDeps } from './deps.ts';
import { giveUp } from './give-up.ts';
import { createLineRefresh } from './refresh-line.ts';
import { runDetection } from './run-detection.ts';
import { runPhotoshoot } from './run-photoshoot.ts';
import { sendOriginals } from './send-originals.ts';

export type Pipeline = ReturnType<typeof createPipeline>;

export function createPipeline(deps: PipelineDeps) {
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
      await deps.queue.work('detect-product', options.workers, ({ photoshootId }, signal) =>
        runDetection(deps, photoshootId, signal),
      );
      await deps.queue.work('run-photoshoot', options.workers, ({ photoshootId }, signal) =>
        runPhotoshoot(deps, photoshootId, signal),
      );
      await deps.queue.work('send-originals', options.workers, ({ photoshootId }, signal) =>
        sendOriginals(deps, photoshootId, signal),
      );
      await deps.queue.work('give-up', 1, ({ photoshootId }) => giveUp(deps, photoshootId));
    },

    /** Shows everyone in line their place anew. */
    refreshLine: createLineRefresh(deps),
  };
}
