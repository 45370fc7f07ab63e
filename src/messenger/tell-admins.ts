import type { TextArguments, Translate } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';
import { tellPerson } from './tell-person.ts';

/**
 * Sends a text to every admin, each in their language as far as the database can say it. An admin who cannot be
 * reached stops nothing.
 * @param write makes the text (HTML), or is the id of one
 * @returns false when there are admins, and none of them could be told
 */
export async function tellAdmins(
  deps: MessengerDeps,
  write: string | ((t: Translate) => string),
  args?: TextArguments,
): Promise<boolean> {
  let told = 0;
  for (const adminId of deps.adminIds) {
    const inTheirWords = (t: Translate) => (typeof write === 'string' ? t(write, args) : write(t));
    if (await tellPerson(deps, adminId, inTheirWords)) told += 1;
    else deps.log.warn({ adminId }, 'an admin could not be told');
  }
  return told > 0 || deps.adminIds.length === 0;
}
