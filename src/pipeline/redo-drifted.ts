/** TRUTH_CHECK=redo: a picture that drifted is made once more, at the house's cost, before anybody sees it. */
import { isRaised } from '../alerts/read-alerts.ts';
import { toError } from '../errors.ts';
import { type Likeness, recordLikeness } from '../photoshoots/likeness.ts';
import { type MadePicture, type Run, recordRemade } from '../photoshoots/run/record-picture.ts';
import type { Picture } from '../photoshoots/run/start-photoshoot.ts';
import { readMedianPictureMs } from '../photoshoots/run/waiting-line.ts';
import { withDeadline } from '../time/deadline.ts';
import type { PipelineDeps } from './deps.ts';
import { type Held, holdAgainstPhoto, UNFINISHED } from './hold-against-photo.ts';

type First = {
  run: Run;
  picture: Picture;
  photos: readonly Uint8Array[];
  /** As it was recorded: whatever happens from here on, it is there. */
  made: MadePicture;
  /** Whether the cap of paid attempts leaves one more. */
  mayBePaidAgain: boolean;
  /** Makes it once more. */
  remake: (signal: AbortSignal) => Promise<MadePicture>;
};

/**
 * Holds a recorded picture against its photos and has it made once more where it drifted; the better one stays. Within
 * the time that an order may take longer for it. Never rejects: the first picture is good enough for what goes wrong.
 */
export async function redoDrifted(deps: PipelineDeps, first: First, signal: AbortSignal): Promise<void> {
  const { truthCheck } = deps;
  if (truthCheck?.mode !== 'redo') return;
  const { made, picture, photos } = first;
  const { pictureId } = made;
  const until = Date.now() + truthCheck.waitMs;
  let held = UNFINISHED;
  let remade: Remade | null = null;
  try {
    remade = await withDeadline(truthCheck.waitMs, signal, async (cut) => {
      const hold = (bytes: Uint8Array, onMeasured: (soFar: Held) => void) =>
        holdAgainstPhoto({ ...deps, truthCheck }, { picture, bytes, photos }, cut, onMeasured);
      held = await hold(made.bytes, (measured) => {
        held = measured;
      });
      if (held.likeness.kind !== 'drifted' || !first.mayBePaidAgain || !(await isWorthIt(deps, until)))
        return null;
      const again = await first.remake(cut);
      return { again, held: await hold(again.bytes, () => {}) };
    });
  } catch (error) {
    if (signal.aborted) return;
    deps.log.warn({ err: toError(error), pictureId }, 'a picture that may have drifted was not made anew');
  }
  try {
    // Not before the time is over or the work is done: what is recorded here is what is shown.
    const isBetter = remade !== null && rankOf(remade.held.likeness) < rankOf(held.likeness);
    if (remade !== null) {
      const costMicroUsd = sumOf(made.costMicroUsd, remade.again.costMicroUsd);
      const shown = isBetter ? remade.again : made;
      if (!(await recordRemade(deps.db, first.run, { ...shown, costMicroUsd }))) return;
    }
    const { likeness } = isBetter && remade !== null ? remade.held : held;
    const read = remade === null ? held.costMicroUsd : sumOf(held.costMicroUsd, remade.held.costMicroUsd);
    await recordLikeness(deps.db, pictureId, likeness, read);
  } catch (error) {
    deps.log.warn({ err: toError(error), pictureId }, 'the verdict on a picture could not be written down');
  }
}

type Remade = { again: MadePicture; held: Held };

/** Null where one of them has no price. */
function sumOf(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other;
}

/** The day's budget is not spent, and pictures usually come within the time that is left: one cut off is paid for. */
async function isWorthIt(deps: PipelineDeps, until: number): Promise<boolean> {
  if (await isRaised(deps.db, 'provider-budget')) return false;
  const usualMs = await readMedianPictureMs(deps.db);
  return usualMs === null || Date.now() + usualMs <= until;
}

/** Lower is better; what was not measured may be right, what drifted is not. */
function rankOf(likeness: Likeness): number {
  switch (likeness.kind) {
    case 'same':
      return 0;
    case 'not-measured':
      return 1;
    case 'drifted':
      return 1 + likeness.drifts.length;
  }
}
