/** The last message of a photoshoot: what arrived, what it cost, what can be done next. */
import { sendScreen } from '../messenger/send-screen.ts';
import { costOfNext, likenessOf } from '../photoshoots/likeness.ts';
import { rememberOutcomeTold } from '../photoshoots/run/complete-photoshoot.ts';
import { UNCLAIMED } from '../photoshoots/run/end-unclaimed.ts';
import { readOutcome } from '../photoshoots/run/read-outcome.ts';
import type { Run } from '../photoshoots/run/record-picture.ts';
import { type Ended, renewLease } from '../photoshoots/run/start-photoshoot.ts';
import { resultCard } from '../screens/result-card.ts';
import type { PipelineDeps } from './deps.ts';
import { departWithin, type KeptLease } from './keep-lease.ts';

/**
 * Tells the outcome of a finished photoshoot; for the worker that has it, and only as long as it does. It comes as
 * a new message below the album, because an album has no buttons.
 * @returns `told` when it was told now, and the photoshoot given back; `known` when it had been told before
 * @throws what the gateway throws, also when the person cannot be written to; LeaseEnded when nothing was told
 */
export async function announceResult(
  deps: Pick<PipelineDeps, 'db' | 'gateway' | 'texts' | 'queue' | 'abilities'>,
  photoshoot: Ended,
  lease: KeptLease,
): Promise<'told' | 'known'> {
  if (photoshoot.outcomeTold) return 'known';
  const { pictures, repaid, paidByBefore, language, creditsLeft } = await readOutcome(deps.db, photoshoot.id);
  const t = deps.texts.in(language);
  const screen = resultCard(t, {
    photoshootId: photoshoot.id,
    size: photoshoot.size,
    state: photoshoot.state,
    productName: photoshoot.product?.name ?? null,
    pictures: pictures.map((picture) => ({
      ...picture,
      delivered: picture.state === 'delivered',
      likeness: likenessOf(picture),
      nextCredits: costOfNext(picture, photoshoot.size),
    })),
    failureCode: reasonOf(pictures.flatMap(({ failureCode }) => failureCode ?? [])),
    repaid,
    isCutOut: photoshoot.cutOutOf !== null,
    originalsArePng: deps.abilities.originalsArePng,
    correction: pictures.find(({ styleOrigin }) => styleOrigin === 'correction')?.stylePrompt ?? null,
    paidByBefore,
    creditsLeft,
  });
  const isOurs = async ({ photoshootId, run }: Run) =>
    (await renewLease(deps.db, photoshootId, run)) !== 'lost';
  await sendScreen(deps.gateway, photoshoot.chatId, screen, departWithin(lease, isOurs));
  // A cut-out was ordered for its files, which the view in the album is none of.
  if (photoshoot.cutOutOf !== null && photoshoot.state === 'completed')
    await deps.queue.enqueue(deps.db, 'send-cut-out', { photoshootId: photoshoot.id });
  await rememberOutcomeTold(deps.db, photoshoot.id, lease.run);
  return 'told';
}

/** The first reason stands for all, but that nobody came back says more than what had failed before. */
function reasonOf(codes: readonly string[]): string | null {
  return codes.find((code) => code === UNCLAIMED) ?? codes[0] ?? null;
}
