/** Holds finished pictures against their photos, beside their delivery and never in its way. */
import { toError } from '../errors.ts';
import { isToBeCompared, recordLikeness } from '../photoshoots/likeness.ts';
import { readPhotos } from '../photoshoots/read-photoshoot.ts';
import { readPictureBytes } from '../photoshoots/run/record-picture.ts';
import type { Picture, Running } from '../photoshoots/run/start-photoshoot.ts';
import { withDeadline } from '../time/deadline.ts';
import type { PipelineDeps } from './deps.ts';
import { type Held, holdAgainstPhoto, UNFINISHED } from './hold-against-photo.ts';
import { jpegsOf, loadPhotos } from './load-photos.ts';

/**
 * Writes a verdict to each picture that has none; `inHand` has the bytes of those that need not be read. What is not known in time was not measured.
 * Never rejects, and settles within the time that an order may take longer for it.
 */
export async function checkLikeness(
  deps: PipelineDeps,
  photoshoot: Running,
  { pictures, inHand }: { pictures: readonly Picture[]; inHand: ReadonlyMap<number, Uint8Array> },
  signal: AbortSignal,
): Promise<void> {
  const { truthCheck } = deps;
  const unchecked = pictures.filter(isToBeCompared);
  if (truthCheck === null || unchecked.length === 0) return;
  const over = new Set<number>();
  const soFar = new Map<number, Held>();
  try {
    await withDeadline(truthCheck.waitMs, signal, async (cut) => {
      const views = await readPhotos(deps.db, photoshoot.id);
      const photos = jpegsOf(await loadPhotos(deps, photoshoot, views, cut));
      await Promise.all(
        unchecked.map(async (picture) => {
          const { id } = picture;
          const bytes = inHand.get(id) ?? (await readPictureBytes(deps.db, id));
          if (bytes === null) return;
          const question = { picture, bytes, photos };
          const held = await holdAgainstPhoto({ ...deps, truthCheck }, question, cut, (measured) =>
            soFar.set(id, measured),
          );
          over.add(id);
          await record(deps, id, held);
        }),
      );
    });
  } catch (error) {
    if (signal.aborted) return;
    deps.log.warn({ err: toError(error) }, 'pictures could not all be held against their photos');
    await recordUnfinished(
      deps,
      unchecked.filter(({ id }) => !over.has(id)),
      soFar,
    );
  }
}

/** What pixels have said by then is kept, though a label was still being read. */
async function recordUnfinished(
  deps: PipelineDeps,
  pictures: readonly Picture[],
  soFar: ReadonlyMap<number, Held>,
): Promise<void> {
  try {
    for (const { id } of pictures) await record(deps, id, soFar.get(id) ?? UNFINISHED);
  } catch (error) {
    deps.log.warn({ err: toError(error) }, 'that a picture was not measured could not be written down');
  }
}

function record({ db }: PipelineDeps, pictureId: number, { likeness, costMicroUsd }: Held): Promise<void> {
  return recordLikeness(db, pictureId, likeness, costMicroUsd);
}
