/**
 * A product of a photo looked for in a picture: ORB features, one affine movement by RANSAC, and then what lies under
 * the moved photo is compared (compare-under.ts). Runs in a thread (likeness-worker.ts).
 */
import type { Mat, ORB } from '@techstark/opencv-js';
import { compareUnder } from './compare-under.ts';
import { type Outline, outlineProduct } from './cut-out.ts';
import type { Measures } from './likeness.ts';
import type { Cv } from './opencv.ts';

/** RGB in sRGB, three bytes a pixel. */
export type Rgb = { pixels: Uint8Array; width: number; height: number };

/** Features at the most; a picture has its scene beside the product. */
const PHOTO_FEATURES = 1500;
const PICTURE_FEATURES = 4000;
/** Of two candidates the nearer one must be so much nearer (Lowe's ratio test), and within so many of 256 bits. */
const NEARER = 0.8;
const MOST_BITS = 70;
/** Pixels that a place may be off the movement that all share. */
const OFF_BY = 4;
/** Fewer pairs say nothing of a movement. */
const LEAST_PAIRS = 10;
type Pair = { from: readonly [number, number]; to: readonly [number, number] };
type Movement = { matrix: readonly number[]; fits: readonly boolean[]; matches: number };
const NOTHING: Measures = { matches: 0, aspect: 0, secondMatches: 0, chroma: 0, foreign: null };

/** @param photo longest side about 800 pixels; `picture`: about 1024. Both are searched at several scales. */
export function measureLikeness(cv: Cv, photo: Rgb, picture: Rgb): Measures {
  const outline = outlineProduct(photo);
  const kept: { delete(): void }[] = [];
  const keep = <T extends { delete(): void }>(thing: T): T => {
    kept.push(thing);
    return thing;
  };
  try {
    const pairs = matchFeatures(cv, keep, { photo, picture, outline });
    const first = findMovement(cv, pairs);
    if (first === null || first.matches < LEAST_PAIRS) return { ...NOTHING, matches: first?.matches ?? 0 };
    const [xx = 1, xy = 0, , yx = 0, yy = 1] = first.matrix;
    const aspect = Math.log(Math.hypot(xx, yx) / Math.hypot(xy, yy));
    const scale = Math.sqrt(Math.abs(xx * yy - xy * yx));
    const inliers = pairs.filter((_, index) => first.fits[index]);
    const moved = moveOnto(cv, keep, { photo, picture, outline, inliers, scale, matrix: first.matrix });
    const beside = pairs.filter(({ to: [x, y] }, index) => {
      return !first.fits[index] && moved.around[Math.round(y) * picture.width + Math.round(x)] === 0;
    });
    const second = findMovement(cv, beside);
    return {
      matches: first.matches,
      aspect,
      secondMatches: second?.matches ?? 0,
      ...compareUnder(moved.pixels, picture.pixels, {
        inside: moved.inside,
        width: picture.width,
        isLifted: outline !== null,
      }),
    };
  } finally {
    for (const thing of kept) thing.delete();
  }
}

type Keep = <T extends { delete(): void }>(thing: T) => T;

/** Places of the picture with the place of the photo that each resembles; two products share the photo's places. */
function matchFeatures(
  cv: Cv,
  keep: Keep,
  { photo, picture, outline }: { photo: Rgb; picture: Rgb; outline: Outline | null },
): Pair[] {
  const whereOf = keep(new cv.Mat());
  if (outline !== null) {
    const mask = keep(maskOf(cv, outline.filled, photo));
    cv.dilate(mask, whereOf, keep(cv.Mat.ones(9, 9, cv.CV_8U)));
  }
  const everywhere = keep(new cv.Mat());
  const [inPhoto, inPicture] = [
    describe(cv, keep, photo, whereOf, PHOTO_FEATURES),
    describe(cv, keep, picture, everywhere, PICTURE_FEATURES),
  ];
  if (inPhoto.points.size() < LEAST_PAIRS || inPicture.points.size() < LEAST_PAIRS) return [];
  const matcher = keep(new cv.BFMatcher(cv.NORM_HAMMING, false));
  const found = keep(new cv.DMatchVectorVector());
  matcher.knnMatch(inPicture.descriptors, inPhoto.descriptors, found, 2);
  return Array.from({ length: found.size() }, (_, index): Pair[] => {
    const candidates = found.get(index);
    try {
      if (candidates.size() < 2) return [];
      const [best, next] = [candidates.get(0), candidates.get(1)];
      if (best.distance >= NEARER * next.distance || best.distance >= MOST_BITS) return [];
      const from = inPhoto.points.get(best.trainIdx).pt;
      const to = inPicture.points.get(best.queryIdx).pt;
      return [{ from: [from.x, from.y], to: [to.x, to.y] }];
    } finally {
      candidates.delete();
    }
  }).flat();
}

function describe(cv: Cv, keep: Keep, { pixels, width, height }: Rgb, where: Mat, features: number) {
  const luma = new Uint8Array(width * height);
  // Rec. 601, as OpenCV's own conversion.
  for (let at = 0; at < luma.length; at += 1)
    luma[at] =
      0.299 * (pixels[at * 3] ?? 0) + 0.587 * (pixels[at * 3 + 1] ?? 0) + 0.114 * (pixels[at * 3 + 2] ?? 0);
  const grey = keep(matOf(cv, luma, { width, height }));
  // The package's types know only a part of what it has.
  const orb = keep(new cv.ORB(features) as ORB & { setFastThreshold(threshold: number): void });
  // Dark scenes have corners of few steps.
  orb.setFastThreshold(8);
  const points = keep(new cv.KeyPointVector());
  const descriptors = keep(new cv.Mat());
  orb.detectAndCompute(grey, where, points, descriptors);
  return { points, descriptors };
}

/** The affine movement that most pairs share; null where there is none. */
function findMovement(cv: Cv, pairs: readonly Pair[]): Movement | null {
  if (pairs.length < LEAST_PAIRS) return null;
  const points = (places: readonly (readonly [number, number])[]): Mat =>
    cv.matFromArray(places.length, 1, cv.CV_32FC2, places.flat());
  const from = points(pairs.map((pair) => pair.from));
  const to = points(pairs.map((pair) => pair.to));
  const inliers = new cv.Mat();
  const matrix: Mat = cv.estimateAffine2D(from, to, inliers, cv.RANSAC, OFF_BY, 4000, 0.995, 10);
  try {
    if (matrix.rows === 0) return null;
    const fits = Array.from(inliers.data, (one) => one !== 0);
    return { matrix: Array.from(matrix.data64F), fits, matches: fits.filter(Boolean).length };
  } finally {
    for (const mat of [from, to, inliers, matrix]) mat.delete();
  }
}

type Moved = {
  /** The photo where the product is in the picture. */
  pixels: Uint8Array;
  /** Not 0 within the product, its rim left out, where the light of a scene changes most. */
  inside: Uint8Array;
  /** Not 0 within the product and near it. */
  around: Uint8Array;
};

function moveOnto(
  cv: Cv,
  keep: Keep,
  about: {
    photo: Rgb;
    picture: Rgb;
    outline: Outline | null;
    inliers: readonly Pair[];
    scale: number;
    matrix: readonly number[];
  },
): Moved {
  const { photo, picture, outline, scale } = about;
  const matrix = keep(cv.matFromArray(2, 3, cv.CV_64F, [...about.matrix]));
  const size = new cv.Size(picture.width, picture.height);
  const move = (mat: Mat, how: number): Mat => {
    const moved = keep(new cv.Mat());
    cv.warpAffine(mat, moved, matrix, size, how, cv.BORDER_CONSTANT, new cv.Scalar(0, 0, 0, 0));
    return moved;
  };
  const colours = keep(new cv.Mat(photo.height, photo.width, cv.CV_8UC3));
  colours.data.set(photo.pixels);
  // What is made smaller is blurred first, as it was in the picture.
  if (scale < 1) cv.GaussianBlur(colours, colours, new cv.Size(0, 0), 0.5 / scale);
  const solid = keep(
    outline === null ? hullOf(cv, keep, photo, about.inliers) : maskOf(cv, outline.solid, photo),
  );
  const core = keep(new cv.Mat());
  cv.erode(solid, core, keep(cv.Mat.ones(7, 7, cv.CV_8U)));
  const whole = move(outline === null ? solid : keep(maskOf(cv, outline.filled, photo)), cv.INTER_NEAREST);
  const around = keep(new cv.Mat());
  cv.dilate(whole, around, keep(cv.Mat.ones(25, 25, cv.CV_8U)));
  return {
    pixels: Uint8Array.from(move(colours, cv.INTER_LINEAR).data),
    inside: Uint8Array.from(move(core, cv.INTER_NEAREST).data),
    around: Uint8Array.from(around.data),
  };
}

function maskOf(cv: Cv, marks: Uint8Array, size: { width: number; height: number }): Mat {
  const opaque = marks.map((mark) => mark * 255);
  return matOf(cv, opaque, size);
}

/** Set at once: each look at a matrix's data makes a new view of it. */
function matOf(cv: Cv, bytes: Uint8Array, { width, height }: { width: number; height: number }): Mat {
  const mat = new cv.Mat(height, width, cv.CV_8UC1);
  mat.data.set(bytes);
  return mat;
}

/** What lies between the places that were found again: all that is known of a product that could not be lifted. */
function hullOf(cv: Cv, keep: Keep, { width, height }: Rgb, inliers: readonly Pair[]): Mat {
  const places = inliers.flatMap(({ from }) => from.map(Math.round));
  const points = keep(cv.matFromArray(places.length / 2, 1, cv.CV_32SC2, places));
  const hull = keep(new cv.Mat());
  cv.convexHull(points, hull, false, true);
  const mask = cv.Mat.zeros(height, width, cv.CV_8UC1);
  cv.fillConvexPoly(mask, hull, new cv.Scalar(255, 255, 255, 255));
  return mask;
}
