/** The owners' menu: figures, brakes, the team, and the way to every list. */
import { readSelling } from '../../billing/selling.ts';
import { findPerson } from '../../customers/find-person.ts';
import { tellPerson } from '../../messenger/tell-person.ts';
import { createBroadcast } from '../../owners/broadcasts/broadcast.ts';
import { may } from '../../owners/rights.ts';
import { createSignInLink } from '../../owners/sessions/sign-in.ts';
import { clearSetting, readSetting, setSetting } from '../../owners/settings.ts';
import { grantSupport, readTeam, withdrawSupport } from '../../owners/team.ts';
import { dashboardCard } from '../../screens/dashboard-card.ts';
import { adminMenuCard, type Brakes, brakesCard, teamCard, withMenu } from '../../screens/owner-cards.ts';
import type { Screen } from '../../screens/screen.ts';
import { statisticsCard } from '../../screens/statistics-card.ts';
import { readOverview } from '../../statistics/overview.ts';
import { PERIODS, type Period, periodOf, readPeriod } from '../../statistics/period.ts';
import { readWhatWaits } from '../../statistics/what-waits.ts';
import { LONGEST_PAUSE_WORDS, wordsAfterCommand } from '../command-words.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { publishCommandsOf } from '../publish-commands.ts';
import { idOf, notFound } from '../tap.ts';
import { broadcastCardOf } from './broadcast.ts';

type AdminCommands =
  | 'admin'
  | 'dashboard'
  | 'admin_stats'
  | 'pause'
  | 'resume'
  | 'team'
  | 'support_add'
  | 'support_remove';

export function createAdminFeature(
  deps: BotDeps,
): Feature<'admin' | 'brake' | 'figures' | 'team', AdminCommands> {
  return {
    commands: {
      async admin(conversation) {
        await conversation.send(await menu(deps, conversation));
      },

      async dashboard(conversation) {
        await conversation.send(await dashboardLink(deps, conversation));
      },

      async admin_stats(conversation) {
        const words = wordsAfterCommand(conversation.update.message?.text);
        const now = new Date();
        const period =
          words === '' ? periodOf('today', deps.counting.timeZone, now) : readPeriod(words.split(/\s+/));
        if (period === null) return say(conversation, 'figures-usage');
        await conversation.send(await figures(deps, conversation, period, now));
      },

      async pause(conversation) {
        const why = wordsAfterCommand(conversation.update.message?.text);
        if (why === '' || why.length > LONGEST_PAUSE_WORDS) return say(conversation, 'pause-usage');
        const setting = {
          by: conversation.userId,
          key: 'selling-paused',
          value: { why },
          why,
          until: null,
        } as const;
        await setSetting(deps.db, setting, new Date());
        conversation.log.warn({ adminId: conversation.userId }, 'selling is paused by an owner');
        await conversation.send(brakesCard(conversation.t, await readBrakes(deps)));
      },

      async resume(conversation) {
        await clearSetting(deps.db, { by: conversation.userId, key: 'selling-paused' });
        await conversation.send(brakesCard(conversation.t, await readBrakes(deps)));
      },

      async team(conversation) {
        await conversation.send(teamCard(conversation.t, await readTeam(deps.db)));
      },

      support_add: (conversation) => changeTeam(deps, conversation, 'grant'),
      support_remove: (conversation) => changeTeam(deps, conversation, 'withdraw'),
    },

    taps: {
      async admin(conversation, { id }) {
        await conversation.show(await page(deps, conversation, id));
      },

      async figures(conversation, { id }) {
        const name = PERIODS.find((period) => period === id);
        if (name === undefined) throw notFound();
        const now = new Date();
        await conversation.answer();
        const period = periodOf(name, deps.counting.timeZone, now);
        await conversation.show(await figures(deps, conversation, period, now));
      },

      async brake(conversation, { id }) {
        const by = conversation.userId;
        const key = 'free-credits-stopped';
        if (id === 'resume') await clearSetting(deps.db, { by, key: 'selling-paused' });
        else if (id === 'allow') await clearSetting(deps.db, { by, key });
        else await setSetting(deps.db, { by, key, value: {}, why: null, until: null }, new Date());
        await conversation.show(brakesCard(conversation.t, await readBrakes(deps)));
      },

      async team(conversation, tap) {
        await withdraw(deps, conversation, idOf(tap));
        await conversation.show(teamCard(conversation.t, await readTeam(deps.db)));
      },
    },
  };
}

/** @throws AppError not-found */
async function page(deps: BotDeps, conversation: Conversation, name: string): Promise<Screen> {
  const { t } = conversation;
  switch (name) {
    case 'menu':
      return menu(deps, conversation);
    case 'figures':
      return figures(deps, conversation, periodOf('today', deps.counting.timeZone, new Date()), new Date());
    case 'dashboard':
      return withMenu(t, await dashboardLink(deps, conversation));
    case 'brakes':
      return brakesCard(t, await readBrakes(deps));
    case 'broadcast': {
      const broadcast = await createBroadcast(deps.db, conversation.userId);
      return broadcastCardOf(deps, conversation, broadcast);
    }
    case 'team':
      return teamCard(t, await readTeam(deps.db));
    default:
      throw notFound();
  }
}

/** A link that opens the dashboard once. A press on a key that leads to it makes another, and changes nothing else. */
async function dashboardLink(deps: BotDeps, { t, userId }: Conversation): Promise<Screen> {
  const secret = await createSignInLink(deps.db, userId, new Date());
  return dashboardCard(t, deps.dashboardUrl, secret);
}

/** With the way back to the menu below its periods. */
async function figures(
  deps: BotDeps,
  { t, customer }: Conversation,
  period: Period,
  now: Date,
): Promise<Screen> {
  const overview = await readOverview(deps.db, { ...deps.counting, period }, now);
  return withMenu(t, statisticsCard(t, customer.language, overview));
}

async function menu(deps: BotDeps, { t, role }: Conversation): Promise<Screen> {
  const [waits, brakes] = [await readWhatWaits(deps.db), await readBrakes(deps)];
  return adminMenuCard(t, waits, brakes, (right) => may(role, right));
}

async function readBrakes({ db }: Pick<BotDeps, 'db'>): Promise<Brakes> {
  const now = new Date();
  const { reasons, words } = await readSelling(db, now);
  return {
    reasons,
    words,
    freeCreditsStopped: (await readSetting(db, 'free-credits-stopped', now)) !== null,
  };
}

async function changeTeam(
  deps: BotDeps,
  conversation: Conversation,
  change: 'grant' | 'withdraw',
): Promise<void> {
  const who = wordsAfterCommand(conversation.update.message?.text);
  if (who === '') return say(conversation, 'team-usage');
  const person = await findPerson(deps.db, who);
  if (person.kind !== 'found')
    return say(conversation, person.kind === 'several' ? 'gift-several' : 'gift-unknown');
  if (change === 'grant') await grant(deps, conversation, person.userId);
  else await withdraw(deps, conversation, person.userId);
  await conversation.send(teamCard(conversation.t, await readTeam(deps.db)));
}

/** They are told, and find their commands beside everybody's. */
async function grant(deps: BotDeps, conversation: Conversation, userId: number): Promise<void> {
  const { signal, log } = conversation;
  if (!(await grantSupport(deps.db, { by: conversation.userId, userId }))) return;
  log.info({ adminId: conversation.userId, userId }, 'support is granted');
  await publishCommandsOf({ ...deps, log }, { userId, role: 'support' }, signal);
  await tellPerson({ ...deps, log }, userId, (t) => t('support-granted'), { signal });
}

async function withdraw(deps: BotDeps, conversation: Conversation, userId: number): Promise<void> {
  const { signal, log } = conversation;
  if (!(await withdrawSupport(deps.db, { by: conversation.userId, userId }))) return;
  log.info({ adminId: conversation.userId, userId }, 'support is withdrawn');
  const role = deps.adminIds.includes(userId) ? 'owner' : null;
  await publishCommandsOf({ ...deps, log }, { userId, role }, signal);
}

async function say(conversation: Conversation, text: string): Promise<void> {
  await conversation.send({ text: conversation.t(text), keyboard: [] });
}
