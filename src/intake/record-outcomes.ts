import { createGroupCommit } from '../database/group-commit.ts';
import type { Log } from '../log.ts';
import { backOffMs } from '../time/back-off.ts';
import { pause } from '../time/pause.ts';
import type { Inbox } from './inbox.ts';
import type { IntakeSettings } from './settings.ts';

export type Handled = Readonly<{
  updateId: number;
  outcome: Readonly<{ kind: 'done' } | { kind: 'dead'; fault: string }>;
}>;

/** Updates in one statement. */
const GROUP = 1000;
/**
 * Nobody waits for the record: a lane goes on without it. Within this time a busy process handles dozens, and whoever
 * dies handles no more of them again than those of one statement.
 */
const LINGER_MS = 10;

/**
 * Writes down what became of updates, in groups, and keeps at it while the database is away: an update that
 * was handled and not written down would be handled again by the next start.
 * @param stop ends the waits; each group then gets one more attempt
 */
export function createRecorder(
  {
    inbox,
    owner,
    log,
    settings,
  }: Readonly<{ inbox: Inbox; owner: string; log: Log; settings: IntakeSettings }>,
  stop: AbortSignal,
) {
  async function write(handled: readonly Handled[]): Promise<void> {
    for (const { updateId, outcome } of handled) {
      if (outcome.kind === 'dead') await inbox.markDead(owner, updateId, outcome.fault);
    }
    const done = handled.filter(({ outcome }) => outcome.kind === 'done').map(({ updateId }) => updateId);
    if (done.length > 0) await inbox.markDone(owner, done);
  }

  async function keepWriting(handled: readonly Handled[]): Promise<void> {
    for (let failures = 1; ; failures++) {
      const last = stop.aborted;
      try {
        return await write(handled);
      } catch (error) {
        log.error(
          { err: error, updates: handled.length, failures },
          'handled updates could not be written down',
        );
        if (last) return;
        await pause(backOffMs(failures, settings), stop);
      }
    }
  }

  return createGroupCommit(GROUP, keepWriting, LINGER_MS);
}

/** Writes down, in groups, that handlers begin. */
export function createBeginnings({ inbox, owner }: Readonly<{ inbox: Inbox; owner: string }>) {
  const stillOurs = new Set<number>();
  const group = createGroupCommit<number>(GROUP, async (updateIds) => {
    for (const id of await inbox.begin(owner, updateIds)) stillOurs.add(id);
  });
  /** @returns whether the update is still ours. @throws when it could not be written */
  return async function begin(updateId: number): Promise<boolean> {
    await group.add(updateId);
    return stillOurs.delete(updateId);
  };
}
