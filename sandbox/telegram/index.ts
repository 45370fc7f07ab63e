import type { UserFromGetMe } from '@grammyjs/types';
import type { FastifyInstance } from 'fastify';
import type { Faults } from '../faults.ts';
import type { Log } from '../log.ts';
import { registerBotApi } from './bot-api.ts';
import { createCallbackQueries } from './callback-queries.ts';
import { createCalls } from './calls.ts';
import { createChats } from './chats.ts';
import { registerClientApi } from './client-api.ts';
import { createFiles } from './files.ts';
import { createJournal } from './journal.ts';
import { createMedia } from './media.ts';
import { createPayments } from './payments.ts';
import { createPeople } from './people.ts';
import { createPersonActions } from './person-actions.ts';
import { createPolling } from './polling.ts';
import { createProfile } from './profile.ts';
import { openSnapshot } from './snapshot.ts';
import type { Store } from './store.ts';
import { createUpdates } from './updates.ts';
import { createWebhookDelivery } from './webhook.ts';

const BOT_TOKEN = '7000000001:AASandboxTokenThatOpensNothingElsewhere';
const BOT: UserFromGetMe = {
  id: 7_000_000_001,
  is_bot: true,
  first_name: 'Vitrine',
  username: 'vitrine_sandbox_bot',
  can_join_groups: false,
  can_read_all_group_messages: false,
  supports_guest_queries: false,
  supports_inline_queries: false,
  can_connect_to_business: false,
  has_main_web_app: false,
  has_topics_enabled: false,
  allows_users_to_create_topics: false,
  can_manage_bots: false,
  supports_join_request_queries: false,
};

/** How long people and servers wait, in milliseconds. Tests may wait less. */
export type Timing = { preCheckoutMs: number; callbackAnswerMs: number; firstWebhookRetryMs: number };
/** Telegram's own: ten seconds for a pre-checkout, fifteen until a tapped button stops waiting. */
export const TELEGRAM_TIMING: Timing = {
  preCheckoutMs: 10_000,
  callbackAnswerMs: 15_000,
  firstWebhookRetryMs: 1000,
};

/** The Bot API double: one store, with an API for the bot and one for people's messengers. */
export function createTelegram(options: {
  log: Log;
  faults: Faults;
  timing: Timing;
  directory: string | undefined;
}) {
  const { log, faults, timing, directory } = options;
  const snapshot = openSnapshot(directory, log);
  const { state, changed } = snapshot;
  const chats = createChats(state, BOT, changed);
  const files = createFiles(state, changed, directory);
  const updates = createUpdates(state, changed);
  const payments = createPayments({
    state,
    chats,
    updates,
    changed,
    preCheckoutMs: timing.preCheckoutMs,
  });
  const webhook = createWebhookDelivery({
    state,
    updates,
    log,
    changed,
    firstRetryMs: timing.firstWebhookRetryMs,
    answeredWith: ({ method, ...values }) =>
      void calls.carryOut(String(method), { values, uploads: new Map() }, new AbortController().signal),
  });
  const store: Store = {
    bot: BOT,
    chats,
    files,
    media: createMedia(files),
    updates,
    polling: createPolling(updates),
    webhook,
    callbackQueries: createCallbackQueries({
      state,
      chats,
      updates,
      changed,
      answerLimitMs: timing.callbackAnswerMs,
    }),
    payments,
    profile: createProfile({ state, chats, botName: BOT.first_name, changed }),
    log,
  };
  const journal = createJournal();
  const calls = createCalls({ store, journal, log });
  const actions = createPersonActions(store);
  webhook.start();

  return {
    journal,
    people: createPeople(store, actions),
    botToken: BOT_TOKEN,
    botUsername: BOT.username,
    async register(app: FastifyInstance): Promise<void> {
      await app.register((scope) => registerBotApi(scope, { store, calls, faults, token: BOT_TOKEN, log }));
      await app.register((scope) => registerClientApi(scope, { store, actions, faults }));
    },
    /** Ends what waits, and writes the state down unless it is to be discarded. */
    async close(options: { discard: boolean } = { discard: false }): Promise<void> {
      webhook.close();
      payments.close();
      if (options.discard) snapshot.discard();
      else await snapshot.close();
    },
  };
}
