/** The last message of a photoshoot: what arrived, what it cost, what can be done next. */
import { readBalance } from '../billing/ledger/read-balance.ts';
import { countRepaid } from '../billing/refunds/count-repaid.ts';
import { languageOf } from '../messenger/language-of.ts';
import { sendScreen } from '../messenger/send-screen.ts';
import { costOfNext, likenessOf, readPaidByBefore } from '../photoshoots/likeness.ts';
import { rememberOutcomeTold } from '../photoshoots/run/complete-photoshoot.ts';
import { UNCLAIMED } from '../photoshoots/run/end-unclaimed.ts';
import type { Run } from '../photoshoots/run/record-picture.ts';
import { type Ended, readPictures, renewLease } from '../photoshoots/run/start-photoshoot.ts';
import { resultCard } from '../screens/result-card.ts';
import type { PipelineDeps } from './deps.ts';
import { departWithin, type KeptLease } from './keep-lease.ts';

/**
 * Tells the outcome of a finished photoshoot; for the worker that has it, and only as long as it does. It comes as
 * a new message below the album, because an album has no buttons.
 * @throws what the gateway throws, also when the person cannot be written to; LeaseEnded when nothing was told
 */
export async function announceResult(
  deps: Pick<PipelineDeps, 'db' | 'gateway' | 'texts' | 'queue' | 'abilities'>,
  photoshoot: Ended,
  lease: KeptLease,
): Promise<void> {
  if (photoshoot.outcomeTold) return;
  const { t } = await languageOf(deps, photoshoot.userId);
  const pictures = await readPictures(deps.db, photoshoot.id);
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
    repaid: await countRepaid(deps.db, photoshoot.id),
    isCutOut: photoshoot.cutOutOf !== null,
    originalsArePng: deps.abilities.originalsArePng,
    correction: pictures.find(({ styleOrigin }) => styleOrigin === 'correction')?.stylePrompt ?? null,
    paidByBefore: await readPaidByBefore(deps.db, photoshoot.id),
    creditsLeft: (await readBalance(deps.db, photoshoot.userId)).credits,
  });
  const isOurs = async ({ photoshootId, run }: Run) =>
    (await renewLease(deps.db, photoshootId, run)) !== 'lost';
  await sendScreen(deps.gateway, photoshoot.chatId, screen, departWithin(lease, isOurs));
  // A cut-out was ordered for its files, which the view in the album is none of.
  if (photoshoot.cutOutOf !== null && photoshoot.state === 'completed')
    await deps.queue.enqueue(deps.db, 'send-cut-out', { photoshootId: photoshoot.id });
  await rememberOutcomeTold(deps.db, photoshoot.id);
}

/** The first reason stands for all, but that nobody came back says more than what had failed before. */
function reasonOf(codes: readonly string[]): string | null {
  return codes.find((code) => code === UNCLAIMED) ?? codes[0] ?? null;
}
