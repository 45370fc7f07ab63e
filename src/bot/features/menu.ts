/** The menu: greeting, help, styles, balance, settings, language. Each screen replaces the one before it. */
import { readBalance } from '../../billing/ledger/read-balance.ts';
import { chooseLanguage } from '../../customers/choose-language.ts';
import { deletePreset, readPresets } from '../../photoshoots/styles/presets.ts';
import {
  balanceCard,
  helpCard,
  languageCard,
  MENU_SCREENS,
  type MenuScreen,
  settingsCard,
  startCard,
  stylesCard,
} from '../../screens/menu-cards.ts';
import type { Screen } from '../../screens/screen.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';
import { offerPackage } from './buy.ts';
import { redeemAtStart } from './promo.ts';
import { quotaOf } from './result.ts';

type MenuVerbs = 'menu' | 'language' | 'forget';
type MenuCommands = 'start' | 'help' | 'styles' | 'balance' | 'settings' | 'language';

export function createMenuFeature(deps: BotDeps): Feature<MenuVerbs, MenuCommands> {
  const sends = (screen: MenuScreen) => async (talk: Conversation) => {
    await talk.send(await menuScreen(deps, talk, screen));
  };
  return {
    commands: {
      async start(talk) {
        await talk.send(await menuScreen(deps, talk, 'start'));
        const { promoCode, packageNumber } = talk.start;
        if (promoCode !== null) await redeemAtStart(deps, talk, promoCode);
        if (packageNumber !== null) await offerPackage(deps, talk, packageNumber);
      },
      help: sends('help'),
      styles: sends('styles'),
      settings: sends('settings'),
      language: sends('language'),
      async balance(talk) {
        await talk.send(balanceCard(talk.t, await readBalance(deps.db, talk.userId)));
      },
    },

    taps: {
      async menu(talk, tap) {
        const screen = MENU_SCREENS.find((known) => known === tap.id);
        if (screen === undefined) throw notFound();
        await talk.show(await menuScreen(deps, talk, screen));
      },

      async language(talk, tap) {
        const language = deps.texts.languages.find((known) => known === tap.id);
        if (language === undefined) throw notFound();
        await chooseLanguage(deps.db, talk.userId, language);
        const t = deps.texts.in(language);
        await talk.answer(t('language-done'));
        await talk.show(settingsCard(t));
      },

      async forget(talk, tap) {
        if (!(await deletePreset(deps.db, { presetId: idOf(tap), userId: talk.userId }))) throw notFound();
        await talk.answer(talk.t('styles-forgotten'));
        await talk.show(await menuScreen(deps, talk, 'styles'));
      },
    },
  };
}

async function menuScreen(deps: BotDeps, talk: Conversation, screen: MenuScreen): Promise<Screen> {
  switch (screen) {
    case 'start':
      return startCard(talk.t, talk.customer.firstName, await readBalance(deps.db, talk.userId));
    case 'help':
      return helpCard(talk.t, quotaOf(deps));
    case 'styles':
      return stylesCard(talk.t, await readPresets(deps.db, talk.userId));
    case 'settings':
      return settingsCard(talk.t);
    case 'language':
      return languageCard(talk.t, deps.texts);
    default: {
      const never: never = screen;
      throw new Error(`unknown screen ${String(never)}`);
    }
  }
}
