/** What people may do how often: owners look at it, and change it for a while. */
import { type ChangedLimits, changeLimits, readLimits } from '../../owners/change-limits.ts';
import { LIMIT_NAMES } from '../../resilience/rate-limits.ts';
import { KEY_MINUTES, limitsCard } from '../../screens/limits-card.ts';
import type { Screen } from '../../screens/screen.ts';
import { readLimitChange, wordsAfterCommand } from '../command-words.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { notFound, numberOf } from '../tap.ts';

export function createLimitsFeature(deps: BotDeps): Feature<'limit', 'limits'> {
  return {
    commands: {
      async limits(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const asked = words === '' ? { changes: {}, why: null } : readLimitChange(words);
        if (asked === null) {
          await conversation.send({ text: conversation.t('limits-usage'), keyboard: [] });
          return;
        }
        await change(deps, conversation, asked);
        await conversation.send(await limitsScreen(deps, conversation));
      },
    },

    taps: {
      async limit(conversation, { id, argument }) {
        const name = LIMIT_NAMES.find((known) => known === id);
        if (name === undefined) throw notFound();
        const to = argument === 'usual' ? null : { most: numberOf(argument), minutes: KEY_MINUTES };
        await change(deps, conversation, { changes: { [name]: to }, why: null });
        await conversation.show(await limitsScreen(deps, conversation));
      },
    },
  };
}

async function change(
  { db, rateLimits }: Pick<BotDeps, 'db' | 'rateLimits'>,
  { userId: by, log }: Conversation,
  { changes, why }: { changes: ChangedLimits; why: string | null },
): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  rateLimits.adopt(await changeLimits(db, { by, changes, why }, new Date()));
  log.warn({ adminId: by, changes }, 'limits are changed by an owner');
}

/** What is in force now, whoever has changed it. */
export async function limitsScreen(
  { db, rateLimits, counting }: Pick<BotDeps, 'db' | 'rateLimits' | 'counting'>,
  { t, customer }: Conversation,
): Promise<Screen> {
  rateLimits.adopt(await readLimits(db, new Date()));
  const limits = LIMIT_NAMES.map((name) => ({ name, ...rateLimits.inForce(name) }));
  return limitsCard(t, customer.language, { limits, waiting: rateLimits.waiting() }, counting.timeZone);
}
