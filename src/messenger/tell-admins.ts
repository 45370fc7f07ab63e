import type { TextArguments, Translate } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';
import { type Telling, tellPerson } from './tell-person.ts';

/**
 * Sends a text to every admin, each in their language as far as the database can say it. An admin who cannot be
 * reached stops nothing.
 * @param write makes the text (HTML), or is the id of one
 * @returns false when none of them was told, and Telegram was not reached for one at least: another try may tell them.
 * Where all of them are refused there is nobody to be told.
 */
export async function tellAdmins(
  deps: MessengerDeps,
  write: string | ((t: Translate) => string),
  args?: TextArguments,
): Promise<boolean> {
  const tellings: Telling[] = [];
  for (const adminId of deps.adminIds) {
    const inTheirWords = (t: Translate) => (typeof write === 'string' ? t(write, args) : write(t));
    const telling = await tellPerson(deps, adminId, inTheirWords);
    tellings.push(telling);
    if (telling !== 'told') deps.log.warn({ adminId, telling }, 'an admin could not be told');
  }
  return tellings.includes('told') || !tellings.includes('unreached');
}
