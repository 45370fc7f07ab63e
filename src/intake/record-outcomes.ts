import { createGroupCommit } from '../database/group-commit.ts';
import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { pause } from '../time/pause.ts';
import type { Outcome } from './handle-update.ts';
import type { Inbox } from './inbox.ts';
import type { IntakeSettings } from './settings.ts';

type Finished = Readonly<{ updateId: number; outcome: Exclude<Outcome, { kind: 'kept' }> }>;

/** Updates in one statement. */
const GROUP = 1000;

/**
 * Writes down what became of updates, in groups, and keeps at it while the database is away: an update that
 * was handled and not written down would be handled again by the next start.
 * @param stop ends the waits; each group then gets one more attempt
 */
export function createRecorder(inbox: Inbox, log: Log, settings: IntakeSettings, stop: AbortSignal) {
  async function write(finished: readonly Finished[]): Promise<void> {
    for (const { updateId, outcome } of finished) {
      if (outcome.kind === 'dead') await inbox.markDead(updateId, outcome.failures);
    }
    const done = finished.filter(({ outcome }) => outcome.kind === 'done').map(({ updateId }) => updateId);
    if (done.length > 0) await inbox.markDone(done);
  }

  async function keepWriting(finished: readonly Finished[]): Promise<void> {
    for (let failures = 1; ; failures++) {
      const last = stop.aborted;
      try {
        return await write(finished);
      } catch (error) {
        log.error({ error, updates: finished.length, failures }, 'handled updates could not be written down');
        if (last) return;
        await pause(backOffMs(failures, settings), stop);
      }
    }
  }

  return createGroupCommit(GROUP, keepWriting);
}
