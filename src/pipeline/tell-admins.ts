import { readLanguage } from '../customers/read-language.ts';
import { toError } from '../errors.ts';
import { FALLBACK_LANGUAGE } from '../texts/texts.ts';
import type { PipelineDeps } from './deps.ts';

/** Sends a text to every admin, each in their language. An admin who cannot be reached stops nothing. */
export async function tellAdmins(
  deps: Pick<PipelineDeps, 'db' | 'gateway' | 'texts' | 'adminIds' | 'log'>,
  textId: string,
): Promise<void> {
  for (const adminId of deps.adminIds) {
    const language = (await readLanguage(deps.db, adminId)) ?? FALLBACK_LANGUAGE;
    try {
      const text = deps.texts.in(language)(textId);
      await deps.gateway.call('sendMessage', { chat_id: adminId, text, parse_mode: 'HTML' });
    } catch (error) {
      deps.log.warn({ err: toError(error), alert: textId }, 'an admin could not be told');
    }
  }
}
