/** One picture, held against its photos: by pixels, and by a model that reads where pixels cannot tell. */
import { isRaised } from '../alerts/read-alerts.ts';
import { toError } from '../errors.ts';
import { judgeLabel, type Label } from '../photoshoots/judge-label.ts';
import { countLabelCalls, type Likeness, likenessBy } from '../photoshoots/likeness.ts';
import type { Picture } from '../photoshoots/run/start-photoshoot.ts';
import type { PipelineDeps } from './deps.ts';

export type Held = Readonly<{
  likeness: Likeness;
  /** Of the call that read the label, where there was one; null for a model without a price. */
  costMicroUsd: number | null;
}>;

type Question = Readonly<{
  picture: Pick<Picture, 'id' | 'photoshootId' | 'userId'>;
  bytes: Uint8Array;
  /** Prepared JPEGs. */
  photos: readonly Uint8Array[];
}>;

/** Views of a product that are read beside the picture: each costs as much as the picture itself. */
const MOST_VIEWS = 3;
/** Of one picture: two runs, each of which may make it once more. */
const MOST_LABEL_CALLS = 4;

const NOT_READ: Label = { kind: 'not-read' };
/** The verdict of who ran out of time. */
export const UNFINISHED: Held = {
  likeness: { kind: 'not-measured', reason: 'unfinished', label: NOT_READ },
  costMicroUsd: 0,
};

/**
 * The verdict on a picture. A label is read where pixels found nothing: they see no changed letter, and nothing at all
 * of a plain product; where they found a drift there is nothing to add. What keeps the model from reading loses no
 * verdict of pixels.
 * @param onMeasured is told what pixels say, before the label is read
 * @throws what the comparison throws; the signal's reason
 */
export async function holdAgainstPhoto(
  deps: PipelineDeps & { truthCheck: NonNullable<PipelineDeps['truthCheck']> },
  question: Question,
  signal: AbortSignal,
  onMeasured: (soFar: Held) => void,
): Promise<Held> {
  const measured = await deps.truthCheck.compare(question.photos, question.bytes, signal);
  const byPixels: Held = { likeness: likenessBy(measured, NOT_READ), costMicroUsd: 0 };
  onMeasured(byPixels);
  if (measured.kind === 'drifted') return byPixels;
  const { label, costMicroUsd } = await readLabel(deps, question, signal);
  return { likeness: likenessBy(measured, label), costMicroUsd };
}

async function readLabel(
  { db, ai, images, log }: PipelineDeps,
  { picture, bytes, photos }: Question,
  signal: AbortSignal,
): Promise<{ label: Label; costMicroUsd: number | null }> {
  const unread = { label: NOT_READ, costMicroUsd: 0 };
  if (ai.readLabels === null) return unread;
  try {
    if (await isRaised(db, 'provider-budget')) return unread;
    if ((await countLabelCalls(db, picture)) >= MOST_LABEL_CALLS) return unread;
    const { jpeg } = await images.thumbnail(bytes, 'large', signal);
    const { value, costMicroUsd } = await ai.readLabels({
      photos: photos.slice(0, MOST_VIEWS),
      picture: jpeg,
      photoshootId: picture.photoshootId,
      pictureId: picture.id,
      userId: picture.userId,
      signal,
    });
    return { label: value === null ? NOT_READ : judgeLabel(value), costMicroUsd };
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ err: toError(error), pictureId: picture.id }, 'a label could not be read');
    return unread;
  }
}
