/** The bot's menu of commands and its descriptions, in every language; admins see theirs beside the others. */
import type { BotCommand, LanguageCode } from '@grammyjs/types';
import { FALLBACK_LANGUAGE } from '../customers/languages.ts';
import { toError } from '../errors.ts';
import type { Role } from '../owners/rights.ts';
import { isBlocked } from '../telegram/errors.ts';
import type { Translate } from '../texts/texts.ts';
import { commandsFor, commandTextId } from './commands.ts';
import type { BotDeps } from './deps.ts';

type CommandMenuDeps = Pick<BotDeps, 'gateway' | 'texts' | 'adminIds' | 'log'>;

/** Tells Telegram. A menu that cannot be set is no reason not to start. */
export async function publishCommands(deps: CommandMenuDeps, signal: AbortSignal): Promise<void> {
  try {
    for (const language of deps.texts.languages) await publishLanguage(deps, language, signal);
  } catch (error) {
    if (!signal.aborted) deps.log.warn({ err: toError(error) }, 'the menu of commands could not be set');
  }
  for (const userId of deps.adminIds) await publishCommandsOf(deps, { userId, role: 'owner' }, signal);
}

/**
 * Shows an owner, or somebody of support, their commands beside everybody's; null: everybody's alone again. Telegram
 * refuses this for somebody who has never written to the bot, so it is done again when they write for the first time.
 */
export async function publishCommandsOf(
  deps: Pick<CommandMenuDeps, 'gateway' | 'texts' | 'log'>,
  { userId, role }: { userId: number; role: Role | null },
  signal: AbortSignal,
): Promise<void> {
  const scope = { type: 'chat', chat_id: userId } as const;
  try {
    for (const language of deps.texts.languages) {
      const t = deps.texts.in(language);
      const commands = [...describe(t, 'everyone'), ...(role === null ? [] : describe(t, role))];
      await deps.gateway.call('setMyCommands', { commands, scope, ...forWhom(language) }, { signal });
    }
  } catch (error) {
    if (signal.aborted) return;
    if (isBlocked(error)) deps.log.debug({ adminId: userId }, 'an admin has not written to the bot yet');
    else
      deps.log.warn({ err: toError(error), adminId: userId }, 'an admin’s menu of commands could not be set');
  }
}

async function publishLanguage(
  deps: Pick<BotDeps, 'gateway' | 'texts'>,
  language: string,
  signal: AbortSignal,
): Promise<void> {
  const t = deps.texts.in(language);
  const whom = forWhom(language);
  const options = { signal };
  const commands = { commands: describe(t, 'everyone'), scope: { type: 'all_private_chats' } as const };
  await deps.gateway.call('setMyCommands', { ...commands, ...whom }, options);
  await deps.gateway.call('setMyDescription', { description: t('bot-description'), ...whom }, options);
  const short = { short_description: t('bot-short-description'), ...whom };
  await deps.gateway.call('setMyShortDescription', short, options);
}

function describe(t: Translate, whom: 'everyone' | Role): BotCommand[] {
  return commandsFor(whom).map((command) => ({ command, description: t(commandTextId(command)) }));
}

/** Without a language code it is what everyone gets whose language has no menu of its own. */
function forWhom(language: string): { language_code?: LanguageCode } {
  // The names of the locale files are the codes that Telegram knows.
  return language === FALLBACK_LANGUAGE ? {} : { language_code: language as LanguageCode };
}
