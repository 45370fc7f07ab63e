import { z } from 'zod';
import { type AskVision, readJson, type VisionAnswer } from './ask-vision.ts';
import type { Answer } from './provider.ts';
import { labelInput, labelInstructions } from './write-prompts.ts';

export type LabelsRequest = Readonly<{
  /** Prepared JPEGs, by rights views of one product. */
  photos: readonly Uint8Array[];
  /** The finished picture, as JPEG. */
  picture: Uint8Array;
  photoshootId: number;
  pictureId: number;
  userId: number;
  signal: AbortSignal;
}>;

/** A line of text on a product; `sure` where the model says that it can make out every character. */
export type LabelLine = Readonly<{ text: string; sure: boolean }>;
/** What can be seen of a product's text in one image; `hasText` also of text that nobody can read. */
export type SeenText = Readonly<{ hasText: boolean; lines: readonly LabelLine[] }>;
/** What stands on a product in its photos, and in the picture that was made of them. */
export type LabelReading = Readonly<{ photos: readonly SeenText[]; picture: SeenText }>;

const LONGEST_LINE = 200;
const MOST_LINES = 30;

/** What the model is asked for. Lengths are ours to check: a schema in the request only steers. */
const ASKED_FOR = z.object({
  images: z.array(
    z.object({
      hasText: z.boolean(),
      lines: z.array(z.object({ text: z.string(), sure: z.boolean() })),
    }),
  ),
});

/**
 * Has a model read what stands on the product, in its photos and in a picture of it, by one vision call at the endpoint
 * of recognition. It reports what it sees and judges nothing; it is not told which image is the picture, and that is
 * not always the last one, so that it cannot know what it ought to read. What it says is a label's words: data that is
 * compared, and escaped where it is shown.
 *
 * @returns null for an answer of no use
 * @throws what `askVision` throws
 */
export function createReadLabels(askVision: AskVision) {
  return async function readLabels({
    photos,
    picture,
    ...request
  }: LabelsRequest): Promise<VisionAnswer<LabelReading | null>> {
    const place = request.pictureId % (photos.length + 1);
    const images = photos.toSpliced(place, 0, picture);
    return askVision({
      ...request,
      purpose: 'label',
      photos: images,
      detail: 'high',
      instructions: labelInstructions(),
      text: labelInput(images.length),
      schema: ASKED_FOR,
      schemaName: 'labels',
      read(answer) {
        const value = readAnswer(answer, images.length, place);
        return { value, code: value === null ? 'useless' : null };
      },
    });
  };
}

function readAnswer(answer: Answer, images: number, place: number): LabelReading | null {
  if (answer.end !== 'complete') return null;
  const asked = ASKED_FOR.safeParse(readJson(answer));
  if (!asked.success || asked.data.images.length !== images) return null;
  const seen = asked.data.images.map(({ hasText, lines }) => ({
    hasText,
    lines: lines.slice(0, MOST_LINES),
  }));
  if (seen.some(({ lines }) => lines.some(({ text }) => text.length > LONGEST_LINE))) return null;
  const [picture] = seen.splice(place, 1);
  return picture === undefined ? null : { photos: seen, picture };
}
