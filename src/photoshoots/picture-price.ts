/** What a picture costs: the one place that says so. Its price is written down with it when it is ordered. */
import { PICTURE_SIZES, type PictureSize } from '../database/schema/index.ts';

/** Credits of a picture by its size: a large one has two to four times the pixels, and costs the provider as much more. */
const CREDITS: Readonly<Record<PictureSize, number>> = { usual: 1, large: 2 };

/** True for the name of a size. */
export function isPictureSize(name: string): name is PictureSize {
  return PICTURE_SIZES.some((size) => size === name);
}

/** Credits that a picture of this size costs. */
export function creditsOf(size: PictureSize): number {
  return CREDITS[size];
}

/**
 * Credits that pictures of this size cost who gets some back with their order.
 * @param returned credits of a picture that drifted (`likeness.ts`); what is left of them stays the person's
 */
export function costOf(pictures: number, size: PictureSize, returned = 0): number {
  return Math.max(0, pictures * CREDITS[size] - returned);
}

/** What a picture is worth once it is delivered: what was reserved for it, less what it saved. */
export function worthOf({ credits, creditsSaved }: { credits: number; creditsSaved: number }): number {
  return credits - creditsSaved;
}

/** Credits that come back of a picture that was ordered large and came in the usual size. */
export function savedBy({ credits }: { credits: number }): number {
  return Math.max(0, credits - CREDITS.usual);
}
