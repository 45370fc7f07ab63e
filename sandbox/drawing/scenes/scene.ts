import type { Random } from '../random.ts';

/**
 * Where things are in a picture, in units: the frame's shorter side is 1000 of them, y goes down. Scenes are
 * written in units and know nothing of pixels.
 */
export type Frame = Readonly<{
  width: number;
  height: number;
  /** Where the product's foot stands: its height in the frame, its centre and its width. */
  floor: number;
  middle: number;
  foot: number;
  /** The product's own box; it ends at the floor. */
  productLeft: number;
  productWidth: number;
  productHeight: number;
  /** The side that the light comes from: -1 left, 1 right. */
  lit: -1 | 1;
}>;

/** Light that falls through a window, a glow, a haze; `over` says whether it falls on the product as well. */
export type Light = Readonly<{ svg: string; blend: 'multiply' | 'screen' | 'soft-light'; over: boolean }>;

export type Scene = Readonly<{
  /** All that is behind and under the product, as SVG elements. */
  stage: string;
  lights?: readonly Light[];
  /** Props between the product and the lens, as SVG elements. */
  front?: string;
  /** `cast` (0–1) is the shadow that the silhouette throws away from the light; 0 for a cloudy day. */
  shadow: Readonly<{ colour: string; strength: number; cast: number }>;
  /** How much of the product the surface mirrors, 0–1. */
  reflection: number;
  /** What the scene's light does to the product: colours with their strengths (0–1). */
  grade: Readonly<{
    tint: readonly [colour: string, strength: number];
    lit: readonly [colour: string, strength: number];
    shaded: readonly [colour: string, strength: number];
  }>;
}>;

export type DrawScene = (frame: Frame, random: Random) => Scene;
