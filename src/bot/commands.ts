/** The bot's menu of commands and its descriptions, in every language; admins see theirs beside the others. */
import type { LanguageCode } from '@grammyjs/types';
import { toError } from '../errors.ts';
import { FALLBACK_LANGUAGE } from '../texts/texts.ts';
import type { BotDeps } from './deps.ts';

/** In the order of the menu; `command-<name>` is the text. */
const COMMANDS = [
  'start',
  'help',
  'styles',
  'history',
  'buy',
  'balance',
  'cancel',
  'settings',
  'language',
  'support',
  'paysupport',
  'terms',
] as const;

/** Tells Telegram. A menu that cannot be set is no reason not to start. */
export async function publishCommands(
  deps: Pick<BotDeps, 'gateway' | 'texts' | 'adminIds' | 'log'>,
  signal: AbortSignal,
): Promise<void> {
  try {
    for (const language of deps.texts.languages) await publishLanguage(deps, language, signal);
  } catch (error) {
    if (!signal.aborted) deps.log.warn({ err: toError(error) }, 'the menu of commands could not be set');
  }
}

async function publishLanguage(
  deps: Pick<BotDeps, 'gateway' | 'texts' | 'adminIds'>,
  language: string,
  signal: AbortSignal,
): Promise<void> {
  const t = deps.texts.in(language);
  // Without a language code it is what everyone gets whose language has no menu of its own.
  // The names of the locale files are the codes that Telegram knows.
  const forWhom = language === FALLBACK_LANGUAGE ? {} : { language_code: language as LanguageCode };
  const commands = COMMANDS.map((command) => ({ command, description: t(`command-${command}`) }));
  const options = { signal };
  await deps.gateway.call(
    'setMyCommands',
    { commands, scope: { type: 'all_private_chats' }, ...forWhom },
    options,
  );
  await deps.gateway.call('setMyDescription', { description: t('bot-description'), ...forWhom }, options);
  const short = { short_description: t('bot-short-description'), ...forWhom };
  await deps.gateway.call('setMyShortDescription', short, options);
  const adminCommands = [...commands, { command: 'admin_stats', description: t('command-admin-stats') }];
  for (const adminId of deps.adminIds) {
    const scope = { type: 'chat', chat_id: adminId } as const;
    await deps.gateway.call('setMyCommands', { commands: adminCommands, scope, ...forWhom }, options);
  }
}
