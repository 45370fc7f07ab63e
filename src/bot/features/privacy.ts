/** A person's rights to their data: what is kept, a file with all of it, and its deletion. */
import { comeBack } from '../../customers/leaving.ts';
import { endUnwantedSubscriptions } from '../../payments/end-subscription.ts';
import { requestData } from '../../privacy/request-data.ts';
import { readStake, requestDeletion } from '../../privacy/request-deletion.ts';
import { cameBackCard, deletionCard, leavingCard, privacyCard } from '../../screens/privacy-cards.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { notFound } from '../tap.ts';

export function createPrivacyFeature(deps: BotDeps): Feature<'data', 'privacy' | 'mydata' | 'deletedata'> {
  return {
    commands: {
      async privacy(conversation) {
        await conversation.send(privacyCard(conversation.t, deps.disclosure));
      },

      mydata: (conversation) => beginFile(deps, conversation),

      deletedata: (conversation) => askWhetherToDelete(deps, conversation),
    },

    taps: {
      async data(conversation, tap) {
        switch (tap.id) {
          case 'file':
            await beginFile(deps, conversation);
            return;
          case 'ask':
            await askWhetherToDelete(deps, conversation);
            return;
          case 'delete':
            await beginToLeave(deps, conversation);
            return;
          case 'keep': {
            const wasLeaving = await comeBack(deps.db, conversation.userId);
            const { t } = conversation;
            await conversation.show(
              wasLeaving ? cameBackCard(t) : { text: t('deletion-kept'), keyboard: [] },
            );
            return;
          }
          default:
            throw notFound();
        }
      },
    },
  };
}

/** @throws AppError data-too-soon */
async function beginFile(deps: BotDeps, conversation: Conversation): Promise<void> {
  await requestData(deps, conversation.userId, new Date());
  await conversation.send({ text: conversation.t('data-file-begun'), keyboard: [] });
}

async function askWhetherToDelete(deps: BotDeps, conversation: Conversation): Promise<void> {
  const { t, userId, customer } = conversation;
  if (customer.deletionDueAt !== null)
    await conversation.send(leavingCard(t, customer.language, customer.deletionDueAt));
  else if (worksHere(conversation)) await conversation.send({ text: t('deletion-team'), keyboard: [] });
  else await conversation.send(deletionCard(t, await readStake(deps.db, userId, new Date())));
}

async function beginToLeave(deps: BotDeps, conversation: Conversation): Promise<void> {
  const { t, userId, customer } = conversation;
  if (worksHere(conversation)) throw notFound();
  const dueAt = await requestDeletion(deps.db, userId, new Date());
  if (dueAt === null) throw notFound();
  await conversation.show(leavingCard(t, customer.language, dueAt));
  // Who leaves pays no more; should Telegram be away, the reconciliation comes back to it.
  await endUnwantedSubscriptions(deps);
}

/** What owners and support did is kept under their ids for as long as they work here. */
function worksHere({ role }: Conversation): boolean {
  return role !== null;
}
