import type { Database } from '../database/client.ts';
import type { Log } from '../log.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { Texts } from '../texts/texts.ts';

/** What it takes to say something to a person, or to the owners. */
export type MessengerDeps = {
  db: Database;
  gateway: Pick<Gateway, 'call'>;
  texts: Texts;
  adminIds: readonly number[];
  log: Log;
};
