import { FALLBACK_LANGUAGE } from '../customers/languages.ts';
import { markBlocked } from '../customers/mark-blocked.ts';
import { readLanguage } from '../customers/read-language.ts';
import { toError } from '../errors.ts';
import { isBlocked } from '../telegram/errors.ts';
import type { Translate } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';

/**
 * Writes to a person outside any conversation, in their language. What it is about is done already, so that
 * one who cannot be reached stops nothing.
 * @param write makes the text, HTML
 * @param spoken the language for somebody who is not known, or whose row cannot be read just now
 */
export async function tellPerson(
  deps: Pick<MessengerDeps, 'db' | 'gateway' | 'texts' | 'log'>,
  userId: number,
  write: (t: Translate, language: string) => string,
  spoken: string | null = null,
): Promise<void> {
  const known = await readLanguage(deps.db, userId).catch(() => null);
  const language = known ?? spoken ?? FALLBACK_LANGUAGE;
  const text = write(deps.texts.in(language), language);
  try {
    await deps.gateway.call('sendMessage', { chat_id: userId, text, parse_mode: 'HTML' });
  } catch (error) {
    if (isBlocked(error)) await markBlocked(deps.db, userId);
    else deps.log.warn({ err: toError(error), userId }, 'a person could not be told');
  }
}
