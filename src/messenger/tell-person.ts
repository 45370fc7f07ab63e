import { isAnonymous } from '../customers/anonymous.ts';
import { toError } from '../errors.ts';
import type { Screen } from '../screens/screen.ts';
import { isRefusedForGood } from '../telegram/errors.ts';
import type { Translate } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';
import { languageOf, languageUnread } from './language-of.ts';
import { reachPerson } from './reach-person.ts';
import { type SendOptions, sendScreen } from './send-screen.ts';

/**
 * `refused`: trying again would help nobody; their data was deleted, they cannot be written to, or Telegram does not take
 * what is said. `unreached`: Telegram, or the database, did not do its part, which the log tells.
 */
export type Telling = 'told' | 'refused' | 'unreached';

/**
 * Writes to a person outside any conversation of theirs, in their language. What it is about is done already,
 * so that one who cannot be reached stops nothing.
 * @param write makes the screen, or its text (HTML) where there are no buttons
 * @param options.spoken the language for somebody who is not known, or whose row cannot be read just now
 */
export async function tellPerson(
  deps: Pick<MessengerDeps, 'db' | 'gateway' | 'texts' | 'log'>,
  userId: number,
  write: (t: Translate, language: string) => Screen | string,
  { spoken = null, ...options }: SendOptions & { spoken?: string | null } = {},
): Promise<Telling> {
  if (isAnonymous(userId)) return 'refused';
  // Said also while the database is away, as far as anybody knows how.
  const { t, language } = await languageOf(deps, userId, spoken).catch(() => languageUnread(deps, spoken));
  const written = write(t, language);
  const screen = typeof written === 'string' ? { text: written, keyboard: [] } : written;
  try {
    const send = () => sendScreen(deps.gateway, userId, screen, options);
    return (await reachPerson(deps.db, userId, send)) === 'blocked' ? 'refused' : 'told';
  } catch (error) {
    deps.log.warn({ err: toError(error), userId }, 'a person could not be told');
    return isRefusedForGood(error) ? 'refused' : 'unreached';
  }
}
