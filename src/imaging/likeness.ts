/**
 * Whether a picture shows the product of a photo: what is measured, and what it means. Pixels tell colour, proportions,
 * a second one, and what is gone or covered; they do not tell one changed letter.
 */

/** In what a product differs; the order is that of what is said. */
export const DRIFTS = ['part', 'doubled', 'proportions', 'colour'] as const;
export type Drift = (typeof DRIFTS)[number];

/** Why nothing is said. None of them is a fault of the picture. */
export const UNMEASURED = [
  /** Too few places of the photo are found again: a plain product, another view, hands before it. */
  'few-matches',
  /** It took too long, or something broke. */
  'unfinished',
] as const;
export type Unmeasured = (typeof UNMEASURED)[number];

export type Likeness =
  | { kind: 'same' }
  | { kind: 'drifted'; drifts: readonly Drift[] }
  | { kind: 'not-measured'; reason: Unmeasured };

export type Measures = {
  /** Places of the photo that are found again where one movement of the whole product puts them. */
  matches: number;
  /** How much wider the product is, as a logarithm: 0 for the same proportions, 0.095 for ten per cent. */
  aspect: number;
  /** The same as `matches`, of a second product beside the first. */
  secondMatches: number;
  /** CIEDE2000 without lightness, the median over the product. */
  chroma: number;
  /** Share of the product that is one piece of something else; null where the photo's ground is not plain. */
  foreign: number | null;
};

/**
 * From which values on something is said. Measured with `npm run bench -- likeness` (docs/decisions/037): each lies
 * in the gap between the drawn pictures of the same product and those of a changed one, nearer to the changed ones
 * where that is free, because a false alarm costs more trust than a drift that nobody mentions.
 */
export const THRESHOLDS = {
  /** Same 77 and more of three products, chance 10 at the most; below it, nothing is said. */
  matches: 40,
  /** Same 0.019 at the most, a stretch by ten per cent 0.092 at the least. */
  aspect: 0.045,
  /** Same 12 at the most, doubled 88 at the least. */
  secondMatches: 45,
  /** Light that a scene throws on a product: 8.9 at the most, in neon; ΔE 25: 11.3 at the least. */
  chroma: 10,
  /** Same 0.019 at the most; a fifth of a product cut off 0.035 at the least, but for lids before a ground of their colour. */
  foreign: 0.03,
} as const;

export function judge(measures: Measures): Likeness {
  if (measures.matches < THRESHOLDS.matches) return { kind: 'not-measured', reason: 'few-matches' };
  const found: Record<Drift, boolean> = {
    part: measures.foreign !== null && measures.foreign > THRESHOLDS.foreign,
    doubled: measures.secondMatches >= THRESHOLDS.secondMatches,
    proportions: Math.abs(measures.aspect) > THRESHOLDS.aspect,
    colour: measures.chroma > THRESHOLDS.chroma,
  };
  const drifts = DRIFTS.filter((drift) => found[drift]);
  return drifts.length === 0 ? { kind: 'same' } : { kind: 'drifted', drifts };
}
