/** The owners' menu: figures, brakes, the team, and the way to every list. */
import { readSelling } from '../../billing/selling.ts';
import { findPerson } from '../../customers/find-person.ts';
import { tellPerson } from '../../messenger/tell-person.ts';
import { createBroadcast } from '../../owners/broadcasts/broadcast.ts';
import { may } from '../../owners/rights.ts';
import { createSignInLink } from '../../owners/sessions/sign-in.ts';
import { clearSetting, readSetting, setSetting } from '../../owners/settings.ts';
import { grantSupport, readTeam, withdrawSupport } from '../../owners/team.ts';
import { COHORT_WEEKS, cohortsCard } from '../../screens/cohorts-card.ts';
import { dashboardCard } from '../../screens/dashboard-card.ts';
import {
  adminMenuCard,
  type Brakes,
  brakesCard,
  digestsCard,
  processCard,
  teamCard,
  withMenu,
} from '../../screens/owner-cards.ts';
import type { Screen } from '../../screens/screen.ts';
import { statisticsCard } from '../../screens/statistics-card.ts';
import { chartDaysText, statisticsCharts } from '../../screens/statistics-charts.ts';
import { readChartFigures } from '../../statistics/chart-figures.ts';
import { readCohorts } from '../../statistics/cohorts.ts';
import { readOverview } from '../../statistics/overview.ts';
import { PERIODS, type Period, periodOf, readPeriod } from '../../statistics/period.ts';
import { readWhatWaits } from '../../statistics/what-waits.ts';
import { deliverAlbum } from '../../telegram/deliver.ts';
import { LONGEST_PAUSE_WORDS, wordsAfterCommand } from '../command-words.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { publishCommandsOf } from '../publish-commands.ts';
import { idOf, notFound } from '../tap.ts';
import { broadcastCardOf } from './broadcast.ts';
import { limitsScreen } from './limits.ts';
import { alertsPage, healthPage } from './watch.ts';

type AdminCommands =
  | 'admin'
  | 'dashboard'
  | 'admin_stats'
  | 'performance'
  | 'pause'
  | 'resume'
  | 'team'
  | 'support_add'
  | 'support_remove';
/** As wide as a phone, so that a phone shows the words at their size. */
const CHART_WIDTH = 360;
/** The longest side that Telegram keeps of a photo. */
const CHART_PIXELS = 1280;

export function createAdminFeature(
  deps: BotDeps,
): Feature<'admin' | 'brake' | 'charts' | 'digest' | 'figures' | 'team', AdminCommands> {
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

      async performance(conversation) {
        await conversation.send(processCard(conversation.t, await deps.readProcess()));
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
        const now = new Date();
        const period = periodOfTap(id, null, deps.counting.timeZone, now);
        if (period === null) throw notFound();
        await conversation.answer();
        await conversation.show(await figures(deps, conversation, period, now));
      },

      async charts(conversation, { id, argument }) {
        const now = new Date();
        const period = periodOfTap(id, argument, deps.counting.timeZone, now);
        if (period === null) throw notFound();
        await conversation.answer(conversation.t('charts-coming'));
        await sendCharts(deps, conversation, period, now);
      },

      async brake(conversation, { id }) {
        const by = conversation.userId;
        const key = 'free-credits-stopped';
        if (id === 'resume') await clearSetting(deps.db, { by, key: 'selling-paused' });
        else if (id === 'allow') await clearSetting(deps.db, { by, key });
        else await setSetting(deps.db, { by, key, value: {}, why: null, until: null }, new Date());
        await conversation.show(brakesCard(conversation.t, await readBrakes(deps)));
      },

      async digest(conversation, { id }) {
        const [by, key] = [conversation.userId, 'weekly-digest'] as const;
        const now = new Date();
        if (id === 'begin') await setSetting(deps.db, { by, key, value: {}, why: null, until: null }, now);
        else await clearSetting(deps.db, { by, key });
        await conversation.show(await digests(deps, conversation));
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
    case 'process':
      return processCard(t, await deps.readProcess());
    case 'health':
      return healthPage(deps, conversation);
    case 'alerts':
      return alertsPage(deps, conversation);
    case 'limits':
      return limitsScreen(deps, conversation);
    case 'cohorts': {
      const asked = { timeZone: deps.counting.timeZone, weeks: COHORT_WEEKS };
      return cohortsCard(t, conversation.customer.language, await readCohorts(deps.db, asked, new Date()));
    }
    case 'digests':
      return digests(deps, conversation);
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

/** A period by its name, or by the days that its key carries. */
function periodOfTap(id: string, days: string | null, timeZone: string, now: Date): Period | null {
  const name = PERIODS.find((period) => period === id);
  return name === undefined ? readPeriod(days?.split(':') ?? []) : periodOf(name, timeZone, now);
}

async function sendCharts(
  deps: BotDeps,
  { t, customer, chatId, signal }: Conversation,
  period: Period,
  now: Date,
): Promise<void> {
  const figures = await readChartFigures(deps.db, { timeZone: deps.counting.timeZone, period }, now);
  const look = { width: CHART_WIDTH, locale: customer.language, theme: 'light' } as const;
  const drawn = statisticsCharts(t, figures, look).map(async ({ name, svg }) => ({
    png: await deps.images.drawPng(svg, CHART_PIXELS, signal),
    filename: `${name}.png`,
  }));
  const days = chartDaysText(customer.language, figures.days);
  const pictures = (await Promise.all(drawn)).map((picture, index) =>
    index === 0 ? { ...picture, caption: t('charts-caption', { days }) } : picture,
  );
  await deliverAlbum(deps.gateway, { chatId, pictures, signal });
}

async function menu(deps: BotDeps, { t, role }: Conversation): Promise<Screen> {
  const [waits, brakes] = [await readWhatWaits(deps.db), await readBrakes(deps)];
  return adminMenuCard(t, waits, brakes, (right) => may(role, right));
}

async function digests(deps: BotDeps, { t }: Conversation): Promise<Screen> {
  return digestsCard(t, (await readSetting(deps.db, 'weekly-digest', new Date())) !== null);
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
