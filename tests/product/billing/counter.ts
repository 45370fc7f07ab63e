/** Where money arrives: bot and intake on a database that a test can break, and a sandbox in which people read. */
import type { SuccessfulPayment } from '@grammyjs/types';
import { sql } from 'drizzle-orm';
import { ADMIN_ID, type Person, startSandbox } from '../../../sandbox/index.ts';
import { createBot } from '../../../src/bot/create-bot.ts';
import type { BotDeps } from '../../../src/bot/deps.ts';
import { parseConfig } from '../../../src/config.ts';
import { createPseudonyms } from '../../../src/customers/former-customers.ts';
import { createImagePool } from '../../../src/imaging/pool.ts';
import { createIntake } from '../../../src/intake/create-intake.ts';
import { createChargeReport } from '../../../src/payments/report-charge.ts';
import { finishPayments } from '../../../src/payments/settle-charge.ts';
import { retentionOf } from '../../../src/privacy/retention.ts';
import { createRateLimits } from '../../../src/resilience/rate-limits.ts';
import { createUserLocks } from '../../../src/resilience/user-locks.ts';
import { createGateway } from '../../../src/telegram/gateway.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import { textsOf, waitForText } from '../../support/conversation.ts';
import { silentLog } from '../../support/running-app.ts';
import type { Scene } from '../../support/scene.ts';
import { QUICK } from '../intake/scene.ts';
import { breakable } from './outage.ts';
import { referral } from './till.ts';

export type Counter = Awaited<ReturnType<typeof openCounter>>;

const unasked = () => Promise.reject(new Error('nobody asks how the process is'));

export async function openCounter(scene: Scene) {
  const log = silentLog;
  const sandbox = await startSandbox({ port: 0, log });
  const { botToken: token, telegramApiRoot: apiRoot } = sandbox;
  const gateway = createGateway({
    token,
    apiRoot,
    log,
    pacing: 'off',
    afterFault: { repetitions: 0, firstBackOffMs: 0, longestBackOffMs: 0 },
  });
  const images = createImagePool({ threads: 1, memoryBytes: 1e9, log });
  const outage = breakable(scene.db);
  const texts = loadTexts();
  const config = parseConfig({ NODE_ENV: 'test', USER_RATE_LIMIT: '1000', RATE_LIMIT_PER_USER: '1000' });
  const adminIds = [ADMIN_ID];
  const payments = {
    db: outage.db,
    queue: scene.queue,
    gateway,
    texts,
    adminIds,
    log,
    referral,
    freeCredits: 0,
    pseudonymOf: createPseudonyms('a secret'),
  };
  const deps: BotDeps = {
    ...payments,
    gateway,
    images,
    abilities: { largeSizes: null, cutsOut: false, originalsArePng: true },
    pictureModels: [],
    reportCharge: createChargeReport(payments),
    userLocks: createUserLocks(),
    rateLimits: createRateLimits(config.limits.rates),
    longestLine: config.longestLine,
    alerts: { raise: () => Promise.reject(new Error('nobody is to be told of anything')) },
    dashboardUrl: 'http://127.0.0.1:3000',
    draftTtlMs: scene.draftTtlMs,
    giveBacksPerDay: config.credits.giveBacksPerDay,
    maxSavedStyles: config.maxSavedStyles,
    readProcess: unasked,
    readServices: unasked,
    caches: { read: unasked, clear: unasked, warm: unasked, cleanUp: unasked },
    counting: config.counting,
    selling: config.selling,
    disclosure: { retention: retentionOf(config), providers: ['openai'], reportsClicks: false },
    invoicePhotoUrl: null,
  };
  const bot = createBot(deps, await gateway.call('getMe', {}));
  const intake = createIntake({
    db: scene.db,
    onlyProcess: false,
    buried: () => {},
    source: {
      kind: 'polling',
      calls: {
        getUpdates: (params, signal) => gateway.call('getUpdates', params, { signal }),
        deleteWebhook: (signal) => gateway.call('deleteWebhook', {}, { signal }),
      },
    },
    handle: bot.handle,
    apologise: bot.apologise,
    isTelegramAway: gateway.isAway,
    log,
    settings: QUICK,
  });
  await intake.start();

  return {
    sandbox,
    /** What a schedule does with money that could not be written down. */
    finishPayments: () => finishPayments(payments, new Date()),
    outage,
    intake,
    admin: sandbox.people.of(ADMIN_ID),

    /** Somebody who has started the bot and has no credits. */
    async buyer(languageCode: 'en' | 'ru'): Promise<Person> {
      const person = sandbox.people.of({ firstName: 'Emma', languageCode });
      person.sendText('/start');
      await waitForText(person, textsOf(person)('start-sample'));
      return person;
    },

    /** Telegram reports a payment, in the private chat with the bot unless it was paid elsewhere. */
    report(person: Person, payment: SuccessfulPayment, chat: 'private' | 'group' = 'private'): void {
      const from = { ...person.persona, is_bot: false };
      sandbox.people.injectUpdate({
        message: {
          message_id: Number(payment.telegram_payment_charge_id.replace(/\D/g, '')),
          date: Math.floor(Date.now() / 1000),
          from,
          chat:
            chat === 'private'
              ? { id: person.id, type: 'private', first_name: from.first_name }
              : { id: -1_000_000 - person.id, type: 'supergroup', title: 'Sellers' },
          successful_payment: payment,
        },
      });
    },

    /** Telegram reports that the money of a charge went back. */
    reportRefund(person: Person, payment: SuccessfulPayment): void {
      sandbox.people.injectUpdate({
        message: {
          message_id: 1,
          date: Math.floor(Date.now() / 1000),
          from: { ...person.persona, is_bot: false },
          chat: { id: person.id, type: 'private', first_name: person.persona.first_name },
          refunded_payment: {
            currency: 'XTR',
            total_amount: payment.total_amount,
            invoice_payload: payment.invoice_payload,
            telegram_payment_charge_id: payment.telegram_payment_charge_id,
          },
        },
      });
    },

    /** From now on the database refuses to write to a table, with this SQLSTATE. @returns what ends it */
    async refuse(table: 'payments' | 'queue.job', sqlState: string): Promise<() => Promise<void>> {
      await scene.db.execute(
        sql.raw(`create or replace function refuse() returns trigger language plpgsql as
          $$ begin raise exception 'something is in the way' using errcode = '${sqlState}'; end $$`),
      );
      await scene.db.execute(
        sql.raw(`create trigger in_the_way before insert or update on ${table}
          for each row execute function refuse()`),
      );
      return async () => {
        await scene.db.execute(sql.raw(`drop trigger in_the_way on ${table}`));
      };
    },

    async close(): Promise<void> {
      await intake.drain(5_000);
      await images.close();
      await gateway.close();
      await sandbox.stop();
    },
  };
}
