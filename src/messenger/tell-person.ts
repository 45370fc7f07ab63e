import { isAnonymous } from '../customers/anonymous.ts';
import { toError } from '../errors.ts';
import type { Screen } from '../screens/screen.ts';
import type { Translate } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';
import { languageOf, languageUnread } from './language-of.ts';
import { reachPerson } from './reach-person.ts';
import { type SendOptions, sendScreen } from './send-screen.ts';

/**
 * Writes to a person outside any conversation of theirs, in their language. What it is about is done already,
 * so that one who cannot be reached stops nothing.
 * @param write makes the screen, or its text (HTML) where there are no buttons
 * @param options.spoken the language for somebody who is not known, or whose row cannot be read just now
 * @returns false when they were not told: their data was deleted, they have blocked the bot, or Telegram failed, which the log tells
 */
export async function tellPerson(
  deps: Pick<MessengerDeps, 'db' | 'gateway' | 'texts' | 'log'>,
  userId: number,
  write: (t: Translate, language: string) => Screen | string,
  { spoken = null, ...options }: SendOptions & { spoken?: string | null } = {},
): Promise<boolean> {
  if (isAnonymous(userId)) return false;
  // Said also while the database is away, as far as anybody knows how.
  const { t, language } = await languageOf(deps, userId, spoken).catch(() => languageUnread(deps, spoken));
  const written = write(t, language);
  const screen = typeof written === 'string' ? { text: written, keyboard: [] } : written;
  try {
    const send = () => sendScreen(deps.gateway, userId, screen, options);
    return (await reachPerson(deps.db, userId, send)) !== 'blocked';
  } catch (error) {
    deps.log.warn({ err: toError(error), userId }, 'a person could not be told');
    return false;
  }
}
