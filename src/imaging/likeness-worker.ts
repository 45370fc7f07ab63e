/** What runs in the thread that compares products: pixels in, measures out. It decodes nothing. */
import { toError } from '../errors.ts';
import type { Measures } from './likeness.ts';
import { measureLikeness, type Rgb } from './measure-likeness.ts';
import { loadOpenCv } from './opencv.ts';

/** `bytes` are the pixels of the photo. */
export type CompareTask = { bytes: Uint8Array; width: number; height: number; picture: Rgb };
export type CompareOutcome = { measures: Measures } | { failed: string };

/** Failures are returned: a rejected call means a thread that was lost. */
export async function compare({ bytes, width, height, picture }: CompareTask): Promise<CompareOutcome> {
  try {
    return { measures: measureLikeness(await loadOpenCv(), { pixels: bytes, width, height }, picture) };
  } catch (error) {
    return { failed: toError(error).message };
  }
}
