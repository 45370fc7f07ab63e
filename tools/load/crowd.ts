/** Simulated sellers: each sends a photo, waits for its card, chooses a style, presses Create, waits for the picture. */
import { type Counter, chooseStyles, create, draft } from '../../bench/support/shop.ts';
import { withDeadline } from '../../src/time/deadline.ts';
import { createPhotoChooser } from './choose-photo.ts';

export type CrowdPlan = Readonly<{
  /** How many people, and how many photos each of them sends, one after the other. */
  users: number;
  photosEach: number;
  /** They begin at random moments of so many milliseconds. */
  withinMs: number;
  /** Of all photos, how many somebody has sent before; 0 to 1. */
  repeatShare: number;
  /** Whose picture has not come by then waits in vain. */
  limitMs: number;
  /** The first person's Telegram id; the others follow. */
  firstPerson: number;
}>;

export type CrowdResult = {
  /** Milliseconds of the bot's own, beyond the provider's: from photo to card, and from Create to picture. */
  ownMs: number[];
  /** Milliseconds from photo to card, all in all: of every photo, and of those whose card had been seen before. */
  cardMs: number[];
  knownCardMs: number[];
  delivered: number;
  /** Each with why; people who waited in vain. */
  failures: string[];
  /** From the first photo to the last picture. */
  lastedMs: number;
};

export async function playCrowd(counter: Counter, plan: CrowdPlan): Promise<CrowdResult> {
  const { users, photosEach, withinMs, repeatShare, limitMs, firstPerson } = plan;
  const photos = createPhotoChooser({ total: users * photosEach, repeatShare, prefix: `${firstPerson}-` });
  const result: CrowdResult = {
    ownMs: [],
    cardMs: [],
    knownCardMs: [],
    delivered: 0,
    failures: [],
    lastedMs: 0,
  };
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: users }, async (_, index) => {
      for (let turn = 0; turn < photosEach; turn++) {
        const afterMs = turn === 0 ? Math.random() * withinMs : 0;
        try {
          await withDeadline(afterMs + limitMs, null, () => order(firstPerson + index, afterMs));
        } catch (error) {
          result.failures.push(error instanceof Error ? error.message : String(error));
        }
      }
    }),
  );
  result.lastedMs = performance.now() - startedAt;
  return result;

  async function order(person: number, afterMs: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    const { name, known } = photos.next();
    const card = await draft(counter, person, 0, name);
    photos.sawCard(name);
    const cardMs = card.waitMs + counter.providerMs;
    result.cardMs.push(cardMs);
    if (known) result.knownCardMs.push(cardMs);
    // Of a photo that is known nobody asks the provider; one that somebody else just waits for comes sooner than it.
    result.ownMs.push(known ? cardMs : Math.max(0, card.waitMs));
    await chooseStyles(counter, card, 1);
    result.ownMs.push(await create(counter, card, 1, 0));
    result.delivered += 1;
  }
}
