import { FALLBACK_LANGUAGE } from '../customers/languages.ts';
import { readLanguage } from '../customers/read-language.ts';
import { toError } from '../errors.ts';
import type { TextArguments } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';

/**
 * Sends a text to every admin, each in their language as far as the database can say it. An admin who cannot be
 * reached stops nothing.
 */
export async function tellAdmins(deps: MessengerDeps, textId: string, args?: TextArguments): Promise<void> {
  for (const adminId of deps.adminIds) {
    const language = (await readLanguage(deps.db, adminId).catch(() => null)) ?? FALLBACK_LANGUAGE;
    try {
      const text = deps.texts.in(language)(textId, args);
      await deps.gateway.call('sendMessage', { chat_id: adminId, text, parse_mode: 'HTML' });
    } catch (error) {
      deps.log.warn({ err: toError(error), alert: textId }, 'an admin could not be told');
    }
  }
}
