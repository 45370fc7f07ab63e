/** Telegram's own side of a sale in Stars: the sandbox, where people pay and money goes back, and no bot that listens. */
import type { PreCheckoutQuery, User } from '@grammyjs/types';
import { ADMIN_ID, type Person, startSandbox } from '../../../sandbox/index.ts';
import type { Order } from '../../../src/billing/orders/create-order.ts';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { createPseudonyms } from '../../../src/customers/former-customers.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import { createLog } from '../../../src/log.ts';
import { createReconciliation } from '../../../src/payments/reconcile.ts';
import { createChargeReport } from '../../../src/payments/report-charge.ts';
import { createGateway } from '../../../src/telegram/gateway.ts';
import { loadTexts } from '../../../src/texts/texts.ts';
import type { Scene } from '../../support/scene.ts';
import { referral } from './till.ts';

const MINUTE_MS = 60_000;

/** What Telegram is told to take, and for what. */
export type Invoice = { amount: number; payload: string; monthly?: boolean };

export type StarDesk = Awaited<ReturnType<typeof openStarDesk>>;

export async function openStarDesk(scene: Scene) {
  const log = createLog({ level: 'silent', pretty: false });
  const sandbox = await startSandbox({ port: 0, log });
  const anotherGateway = () =>
    createGateway({
      token: sandbox.botToken,
      apiRoot: sandbox.telegramApiRoot,
      log,
      pacing: 'off',
      afterFault: { repetitions: 0, firstBackOffMs: 0, longestBackOffMs: 0 },
    });
  const gateway = anotherGateway();
  const deps = {
    db: scene.db,
    queue: scene.queue,
    gateway,
    texts: loadTexts(),
    adminIds: [ADMIN_ID],
    log,
    referral,
    freeCredits: 8,
    pseudonymOf: createPseudonyms('a secret'),
  };
  const admin = sandbox.people.of(ADMIN_ID);
  admin.sendText('/start');
  let offset = 0;

  /** The next checkout among the updates; all others are read and lost, as by a process that dies with them. */
  async function nextCheckout(): Promise<PreCheckoutQuery> {
    for (;;) {
      const updates = await gateway.call('getUpdates', { offset, timeout: 5 });
      for (const update of updates) {
        offset = update.update_id + 1;
        if (update.pre_checkout_query !== undefined) return update.pre_checkout_query;
      }
    }
  }

  /** Presses Pay: Telegram asks the bot with `query`, and `paying` tells how it ended. */
  async function press(person: Person, invoice: Invoice) {
    const link = await gateway.call('createInvoiceLink', {
      title: 'Pictures',
      description: 'Pictures',
      payload: invoice.payload,
      currency: 'XTR',
      prices: [{ label: 'Pictures', amount: invoice.amount }],
      ...(invoice.monthly === true ? { subscription_period: 2_592_000 } : {}),
    });
    const paying = person.pay(link);
    return { query: await nextCheckout(), paying };
  }

  return {
    ...deps,
    sandbox,
    anotherGateway,
    admin,

    /** Somebody who has started the bot and has no credits. */
    async seller(): Promise<Person> {
      const person = sandbox.people.of({ firstName: 'Emma', languageCode: 'en' });
      person.sendText('/start');
      const about = { id: person.id, firstName: 'Emma', username: null, language: 'en' };
      await registerCustomer(scene.db, about, async () => {});
      return person;
    },

    press,

    /** Pays an invoice in the sandbox; our tables know nothing of it. @returns the charge */
    async pay(person: Person, invoice: Invoice): Promise<string> {
      const { query, paying } = await press(person, invoice);
      await gateway.call('answerPreCheckoutQuery', { pre_checkout_query_id: query.id, ok: true });
      const outcome = await paying;
      if (outcome.status !== 'paid') throw new Error(`the payment was ${outcome.status}`);
      return outcome.telegram_payment_charge_id;
    },

    /** The buyer gets the money back past us. */
    takeBack: (person: Person, chargeId: string) =>
      gateway.call('refundStarPayment', { user_id: person.id, telegram_payment_charge_id: chargeId }),

    /** A process that reconciles: its own memory, the same database and the same Telegram. */
    reconciler: () => createReconciliation({ ...deps, reportCharge: createChargeReport(deps) }),

    /** Late enough for what has just happened to be no longer under way by itself. */
    soon: () => new Date(Date.now() + 2 * MINUTE_MS),

    async close(): Promise<void> {
      await gateway.close();
      await sandbox.stop();
    },
  };
}

export function invoiceOf(order: Order): Invoice {
  return { amount: order.amount, payload: packInvoice(order.id) };
}

/** What the bot wrote into somebody's chat. */
export function heard(person: Person): string[] {
  return person.messages().flatMap((message) => (isFromBot(message.from) ? [message.text ?? ''] : []));
}

function isFromBot(from: User | undefined): boolean {
  return from?.is_bot === true;
}
