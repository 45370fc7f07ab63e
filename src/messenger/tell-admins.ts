import type { TextArguments } from '../texts/texts.ts';
import type { MessengerDeps } from './deps.ts';
import { tellPerson } from './tell-person.ts';

/**
 * Sends a text to every admin, each in their language as far as the database can say it. An admin who cannot be
 * reached stops nothing.
 */
export async function tellAdmins(deps: MessengerDeps, textId: string, args?: TextArguments): Promise<void> {
  for (const adminId of deps.adminIds) {
    const told = await tellPerson(deps, adminId, (t) => t(textId, args));
    if (!told) deps.log.warn({ adminId, alert: textId }, 'an admin could not be told');
  }
}
