import type { UserFromGetMe } from '@grammyjs/types';
import type { Log } from '../log.ts';
import type { CallbackQueries } from './callback-queries.ts';
import type { Chats } from './chats.ts';
import type { Files } from './files.ts';
import type { Media } from './media.ts';
import type { Parameters } from './parameters.ts';
import type { Payments } from './payments.ts';
import type { Polling } from './polling.ts';
import type { Profile } from './profile.ts';
import type { Updates } from './updates.ts';
import type { WebhookDelivery } from './webhook.ts';

/** The one store behind both APIs: the bot's methods and the people's messengers work on it. */
export type Store = Readonly<{
  bot: UserFromGetMe;
  chats: Chats;
  files: Files;
  media: Media;
  updates: Updates;
  polling: Polling;
  webhook: WebhookDelivery;
  callbackQueries: CallbackQueries;
  payments: Payments;
  profile: Profile;
  log: Log;
}>;

/**
 * One method of the Bot API: parameters in, `result` out.
 * @throws Refusal with what the real server would answer. `signal` aborts when the asker is gone.
 */
export type Method = (parameters: Parameters, store: Store, signal: AbortSignal) => unknown;
