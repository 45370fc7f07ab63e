/** The shapes a picture can have, width to height: the one place that lists them. */
export const RATIOS = ['1:1', '3:4', '4:3', '4:5', '9:16', '16:9'] as const;
export type Ratio = (typeof RATIOS)[number];

/** Width divided by height. */
export function numberOf(ratio: Ratio): number {
  const [width = 1, height = 1] = ratio.split(':').map(Number);
  return width / height;
}

/** True for a text that names one of the ratios. */
export function isRatio(value: string): value is Ratio {
  return RATIOS.some((ratio) => ratio === value);
}
