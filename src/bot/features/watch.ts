/** How the parts are, and which alerts stand, for owners in chat. */
import { readRaised, readResolved } from '../../alerts/read-alerts.ts';
import { RULE_NAMES, RULES, thresholdsWith } from '../../alerts/thresholds.ts';
import { LASTING_KINDS, overText, standingText } from '../../messenger/tell-alert.ts';
import { readSetting } from '../../owners/settings.ts';
import type { Screen } from '../../screens/screen.ts';
import { alertsCard, healthCard } from '../../screens/watch-cards.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';

/** Of alerts that stand, and of those that are over: a card that is read on a phone. */
const SHOWN = 5;

export function createWatchFeature(deps: BotDeps): Feature<never, 'health' | 'alerts'> {
  return {
    commands: {
      async health(conversation) {
        await conversation.send(await healthPage(deps, conversation));
      },
      async alerts(conversation) {
        await conversation.send(await alertsPage(deps, conversation));
      },
    },
    taps: {},
  };
}

export async function healthPage({ readServices }: BotDeps, { t }: Conversation): Promise<Screen> {
  return healthCard(t, await readServices());
}

export async function alertsPage({ db }: BotDeps, { t, customer }: Conversation): Promise<Screen> {
  const now = new Date();
  const standing = await readRaised(db, { kinds: LASTING_KINDS, limit: SHOWN + 1 }, now);
  const resolved = await readResolved(db, { kinds: LASTING_KINDS, limit: SHOWN });
  const thresholds = thresholdsWith(await readSetting(db, 'thresholds', now));
  return alertsCard(t, customer.language, {
    standing: standing.slice(0, SHOWN).map((alert) => standingText(t, alert)),
    hasMore: standing.length > SHOWN,
    resolved: resolved.map((alert) => ({
      sentence: overText(t, alert),
      agoMs: now.getTime() - alert.endedAt.getTime(),
    })),
    rules: RULE_NAMES.map((rule) => ({
      ...RULES[rule],
      ...thresholds[rule],
      name: t(`dash-rule-name-${rule}`),
    })),
  });
}
