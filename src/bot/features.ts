/** Everything that the bot answers to, by verb of its buttons and by command. */
import type { Verb } from '../screens/callback-data.ts';
import type { Command } from './commands.ts';
import type { BotDeps } from './deps.ts';
import type { CommandHandler, TapHandler } from './feature.ts';
import { createAdminFeature } from './features/admin.ts';
import { createBroadcastFeature } from './features/broadcast.ts';
import { createBuyFeature } from './features/buy.ts';
import { createCacheFeature } from './features/caches.ts';
import { createCorrectionFeature } from './features/correction.ts';
import { createDeadUpdateFeature } from './features/dead-updates.ts';
import { createGrowthAdminFeature } from './features/growth-admin.ts';
import { createHistoryFeature } from './features/history.ts';
import { createInviteFeature } from './features/invite.ts';
import { createLimitsFeature } from './features/limits.ts';
import { createListingFeature } from './features/listing.ts';
import { createListFeature } from './features/lists.ts';
import { createMenuFeature } from './features/menu.ts';
import { createPackFeature } from './features/pack.ts';
import { createPeopleFeature } from './features/people.ts';
import { createPhotoFeature } from './features/photo.ts';
import { createPhotoshootFeature } from './features/photoshoot.ts';
import { createPrivacyFeature } from './features/privacy.ts';
import { createPromoFeature } from './features/promo.ts';
import { createRefundFeature } from './features/refunds.ts';
import { createResultFeature } from './features/result.ts';
import { createStyleFeature } from './features/styles.ts';
import { createSubscriptionFeature } from './features/subscription.ts';
import { createSupportFeature } from './features/support.ts';
import { createWatchFeature } from './features/watch.ts';

export type Features = { taps: Record<Verb, TapHandler>; commands: Record<Command, CommandHandler> };

/** @param botUsername without @, for links that lead here */
export function createFeatures(deps: BotDeps, botUsername: string): Features {
  const photo = createPhotoFeature(deps);
  const styles = createStyleFeature(deps);
  const photoshoot = createPhotoshootFeature(deps);
  const result = createResultFeature(deps);
  const corrections = createCorrectionFeature(deps);
  const pack = createPackFeature(deps);
  const listing = createListingFeature(deps);
  const history = createHistoryFeature(deps);
  const menu = createMenuFeature(deps);
  const buy = createBuyFeature(deps);
  const subscription = createSubscriptionFeature(deps);
  const refunds = createRefundFeature(deps);
  const support = createSupportFeature(deps);
  const deadUpdates = createDeadUpdateFeature(deps);
  const lists = createListFeature(deps);
  const people = createPeopleFeature(deps);
  const admin = createAdminFeature(deps);
  const limits = createLimitsFeature(deps);
  const broadcast = createBroadcastFeature(deps);
  const privacy = createPrivacyFeature(deps);
  const caches = createCacheFeature(deps);
  // The type makes the compiler prove that every button and every command has a handler.
  return {
    taps: {
      ...photo.taps,
      ...styles.taps,
      ...photoshoot.taps,
      ...result.taps,
      ...corrections.taps,
      ...pack.taps,
      ...listing.taps,
      ...history.taps,
      ...menu.taps,
      ...buy.taps,
      ...subscription.taps,
      ...refunds.taps,
      ...support.taps,
      ...deadUpdates.taps,
      ...admin.taps,
      ...limits.taps,
      ...lists.taps,
      ...people.taps,
      ...broadcast.taps,
      ...privacy.taps,
      ...caches.taps,
    },
    commands: {
      ...menu.commands,
      ...photoshoot.commands,
      ...history.commands,
      ...buy.commands,
      ...createInviteFeature(deps, botUsername).commands,
      ...createPromoFeature(deps).commands,
      ...support.commands,
      ...lists.commands,
      ...people.commands,
      ...createGrowthAdminFeature(deps, botUsername).commands,
      ...admin.commands,
      ...createWatchFeature(deps).commands,
      ...limits.commands,
      ...broadcast.commands,
      ...privacy.commands,
      ...caches.commands,
    },
  };
}
