import { HOUSE_STYLES, type HouseStyleKey } from '../photoshoots/styles/house-styles.ts';
import type { Translate } from '../texts/texts.ts';

type Proposal = { title: string; prompt: string };

/** What is proposed when the product could not be recognised: looks that suit nearly everything. */
export function fallbackStyles(t: Translate): readonly [Proposal, Proposal, Proposal, Proposal] {
  const proposal = (key: HouseStyleKey): Proposal => {
    const style = HOUSE_STYLES.find((known) => known.key === key);
    if (style === undefined) throw new Error(`the house has no style ${key}`);
    return { title: t(`style-${key}`), prompt: style.prompt };
  };
  return [proposal('white'), proposal('marble'), proposal('oak'), proposal('podium')];
}
