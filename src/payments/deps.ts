import type { ReferralSettings } from '../billing/referrals/reward-inviter.ts';
import type { PseudonymOf } from '../customers/former-customers.ts';
import type { MessengerDeps } from '../messenger/deps.ts';
import type { Queue } from '../queue/queue.ts';

/** What it takes to move money with Telegram: people are told, photoshoots that waited for it start. */
export type PaymentsDeps = MessengerDeps & {
  queue: Queue;
  referral: ReferralSettings;
  /** Credits of somebody who is met for the first time, in a payment. */
  freeCredits: number;
  /** By which somebody is known whose data was deleted. */
  pseudonymOf: PseudonymOf;
};
