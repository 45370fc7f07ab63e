/** The menu: greeting, help, styles, balance, settings, language. Each screen replaces the one before it. */
import { readBalance } from '../../billing/ledger/read-balance.ts';
import { isPayingCustomer } from '../../billing/orders/is-paying-customer.ts';
import { chooseLanguage } from '../../customers/choose-language.ts';
import { comeBack } from '../../customers/leaving.ts';
import { readOfferedStyles } from '../../photoshoots/styles/offered-styles.ts';
import { deletePreset, expectPresetName, readPreset, readPresets } from '../../photoshoots/styles/presets.ts';
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
import { presetCard, presetNameCard } from '../../screens/preset-cards.ts';
import { cameBackCard } from '../../screens/privacy-cards.ts';
import type { Screen } from '../../screens/screen.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { beforeAfterPicture } from '../house-pictures.ts';
import { idOf, notFound } from '../tap.ts';
import { offerPackage } from './buy.ts';
import { redeemAtStart } from './promo.ts';
import { quotaOf } from './result.ts';

type MenuVerbs = 'menu' | 'language' | 'preset' | 'rename' | 'forget';
type MenuCommands = 'start' | 'help' | 'styles' | 'balance' | 'settings' | 'language';

export function createMenuFeature(deps: BotDeps): Feature<MenuVerbs, MenuCommands> {
  const beforeAfter = beforeAfterPicture();
  const sends = (screen: MenuScreen) => async (conversation: Conversation) => {
    await conversation.send(await menuScreen(deps, conversation, screen));
  };
  return {
    commands: {
      async start(conversation) {
        if (conversation.customer.deletionDueAt !== null && (await comeBack(deps.db, conversation.userId)))
          await conversation.send(cameBackCard(conversation.t));
        await conversation.sendWithPicture(beforeAfter, await menuScreen(deps, conversation, 'start'));
        const { promoCode, packageNumber } = conversation.start;
        if (promoCode !== null) await redeemAtStart(deps, conversation, promoCode);
        if (packageNumber !== null) await offerPackage(deps, conversation, packageNumber);
      },
      help: sends('help'),
      styles: sends('styles'),
      settings: sends('settings'),
      language: sends('language'),
      balance: sends('balance'),
    },

    taps: {
      async menu(conversation, tap) {
        const screen = MENU_SCREENS.find((known) => known === tap.id);
        if (screen === undefined) throw notFound();
        await conversation.show(await menuScreen(deps, conversation, screen));
      },

      async language(conversation, tap) {
        const language = deps.texts.languages.find((known) => known === tap.id);
        if (language === undefined) throw notFound();
        await chooseLanguage(deps.db, conversation.userId, language);
        const t = deps.texts.in(language);
        await conversation.answer(t('language-done'));
        await conversation.show(settingsCard(t, newsOf(conversation)));
      },

      async preset(conversation, tap) {
        const preset = await readPreset(deps.db, { presetId: idOf(tap), userId: conversation.userId });
        await conversation.show(presetCard(conversation.t, preset));
      },

      async rename(conversation, tap) {
        const input = { presetId: idOf(tap), userId: conversation.userId };
        const preset = await expectPresetName(deps.db, input);
        await conversation.show(presetNameCard(conversation.t, preset));
      },

      async forget(conversation, tap) {
        if (!(await deletePreset(deps.db, { presetId: idOf(tap), userId: conversation.userId })))
          throw notFound();
        await conversation.answer(conversation.t('styles-forgotten'));
        await conversation.show(await menuScreen(deps, conversation, 'styles'));
      },
    },
  };
}

async function menuScreen(deps: BotDeps, conversation: Conversation, screen: MenuScreen): Promise<Screen> {
  switch (screen) {
    case 'start':
      return startCard(
        conversation.t,
        conversation.customer.firstName,
        await readBalance(deps.db, conversation.userId),
        await isPayingCustomer(deps.db, conversation.userId),
      );
    case 'help':
      return helpCard(conversation.t, quotaOf(deps));
    case 'styles':
      return stylesCard(
        conversation.t,
        await readPresets(deps.db, conversation.userId),
        await readOfferedStyles(deps.db, new Date()),
      );
    case 'balance':
      return balanceCard(conversation.t, await readBalance(deps.db, conversation.userId));
    case 'settings':
      return settingsCard(conversation.t, newsOf(conversation));
    case 'language':
      return languageCard(conversation.t, deps.texts);
    default: {
      const never: never = screen;
      throw new Error(`unknown screen ${String(never)}`);
    }
  }
}

function newsOf({ customer }: Conversation): { newsMuted: boolean } {
  return { newsMuted: customer.broadcastsMutedAt !== null };
}
