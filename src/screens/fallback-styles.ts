import type { HouseStyle } from '../photoshoots/styles/house-styles.ts';
import { FEWEST_OFFERED } from '../photoshoots/styles/offered-styles.ts';
import type { Translate } from '../texts/texts.ts';

type Proposal = { title: string; prompt: string };

/** What is proposed when the product could not be recognised: the first of what is offered. */
export function fallbackStyles(
  t: Translate,
  offered: readonly HouseStyle[],
): readonly [Proposal, Proposal, Proposal, Proposal] {
  const [first, second, third, fourth] = offered.map(
    ({ key, prompt }): Proposal => ({ title: t(`style-${key}`), prompt }),
  );
  if (first === undefined || second === undefined || third === undefined || fourth === undefined)
    throw new Error(`the house offers fewer than ${FEWEST_OFFERED} styles`);
  return [first, second, third, fourth];
}
