/** Bringing others: the person's own link, and what it earned. */
import { readInvitations } from '../../billing/referrals/read-referrals.ts';
import { inviteCard } from '../../screens/invite-card.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';

/** @param botUsername without @ */
export function createInviteFeature(
  deps: Pick<BotDeps, 'db' | 'referral'>,
  botUsername: string,
): Feature<never, 'invite'> {
  return {
    taps: {},
    commands: {
      async invite(conversation) {
        const invitations = await readInvitations(deps.db, conversation.userId);
        await conversation.send(inviteCard(conversation.t, botUsername, invitations, deps.referral));
      },
    },
  };
}
