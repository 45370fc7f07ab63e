/** The invitation: the link, how to pass it on, and what it has brought so far. */

import type { Invitations } from '../billing/referrals/read-referrals.ts';
import type { ReferralSettings } from '../billing/referrals/reward-inviter.ts';
import type { Translate } from '../texts/texts.ts';
import { lines, type Screen } from './screen.ts';

/** The address that opens the bot with a payload of at most 64 characters. */
export function startLink(botUsername: string, payload: string): string {
  return `https://t.me/${botUsername}?start=${payload}`;
}

export function inviteCard(
  t: Translate,
  botUsername: string,
  invitations: Invitations,
  settings: ReferralSettings,
): Screen {
  const link = startLink(botUsername, `ref_${invitations.code}`);
  const { startReward, purchasePercent, monthlyCap } = settings;
  const share = new URLSearchParams({ url: link, text: t('invite-share-text') });
  return {
    text: lines(
      t('invite-title'),
      '',
      startReward > 0 && t('invite-start', { credits: startReward }),
      purchasePercent > 0 && t('invite-purchase', { percent: purchasePercent }),
      t('invite-cap', { credits: monthlyCap }),
      '',
      t('invite-earned', { arrived: invitations.arrived, earned: invitations.earned }),
      '',
      link,
    ),
    keyboard: [
      // A space as “+” would be shown as one in the message that Telegram prepares.
      [{ text: t('button-share'), url: `https://t.me/share/url?${share.toString().replaceAll('+', '%20')}` }],
      [{ text: t('button-copy-link'), copy_text: { text: link } }],
    ],
  };
}
