/** Promo codes as people use them: by command, or by a start link. */

import { readBalance } from '../../billing/ledger/read-balance.ts';
import { normalisePromoCode } from '../../billing/promo-codes/promo-codes.ts';
import { redeemPromoCode } from '../../billing/promo-codes/redeem-promo-code.ts';
import { AppError, isAppError } from '../../errors.ts';
import { redeemedCard } from '../../screens/promo-card.ts';
import { wordsAfterCommand } from '../command-words.ts';
import { type Conversation, messageKey } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';

export function createPromoFeature(deps: Pick<BotDeps, 'db'>): Feature<never, 'promo'> {
  return {
    taps: {},
    commands: {
      async promo(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        if (words === '') {
          await conversation.send({ text: conversation.t('promo-ask'), keyboard: [] });
          return;
        }
        const code = normalisePromoCode(words);
        if (code === null) throw new AppError('promo-unknown', 'it is not written like a code');
        await redeem(deps, conversation, code);
      },
    },
  };
}

/**
 * Uses the code that a start link carried, and says what came of it. A code that is over or was used is no
 * reason not to go on with the start.
 */
export async function redeemAtStart(
  deps: Pick<BotDeps, 'db'>,
  conversation: Conversation,
  code: string,
): Promise<void> {
  try {
    await redeem(deps, conversation, code);
  } catch (error) {
    if (!isAppError(error, 'promo-unknown', 'promo-over', 'promo-used')) throw error;
    await conversation.send({ text: conversation.t(`error-${error.code}`), keyboard: [] });
  }
}

async function redeem(deps: Pick<BotDeps, 'db'>, conversation: Conversation, code: string): Promise<void> {
  const asking = { code, userId: conversation.userId, key: messageKey(conversation) };
  const redemption = await redeemPromoCode(deps.db, asking, new Date());
  const { credits } = await readBalance(deps.db, conversation.userId);
  await conversation.send(redeemedCard(conversation.t, redemption, credits));
}
