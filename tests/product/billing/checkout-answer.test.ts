import { sql } from 'drizzle-orm';
import { afterAll, afterEach, describe, expect, inject, test, vi } from 'vitest';
import { packInvoice } from '../../../src/billing/orders/invoice-payload.ts';
import { answerCheckout } from '../../../src/payments/checkout.ts';
import '../../support/provided.ts';
import { openFileScene } from '../../support/scene.ts';
import { type Invoice, invoiceOf, openStarDesk, type StarDesk } from './star-desk.ts';
import { createTill } from './till.ts';

const scene = await openFileScene();
const till = createTill(scene);
const desk = await openStarDesk(scene);
afterEach(() => vi.useRealTimers());
afterAll(async () => {
  await desk.close();
});

/** Somebody presses Pay and the bot answers. @returns how it ended for them */
async function pay(person: Awaited<ReturnType<StarDesk['seller']>>, invoice: Invoice) {
  const { query, paying } = await desk.press(person, invoice);
  await answerCheckout(desk, query);
  return paying;
}

describe('the answer to a checkout', () => {
  test('lets an open order be paid', async () => {
    const emma = await desk.seller();
    expect(await pay(emma, invoiceOf(await till.order(emma.id)))).toMatchObject({ status: 'paid' });
  });

  test('refuses a changed price, a foreign order and an unknown one, each with its sentence', async () => {
    const [emma, other] = [await desk.seller(), await desk.seller()];
    const order = await till.order(emma.id);
    const stars = [emma.stars(), other.stars()];
    const refusals = [
      await pay(emma, { ...invoiceOf(order), amount: 1 }),
      await pay(other, invoiceOf(order)),
      await pay(emma, { amount: 99, payload: packInvoice(987_654_321) }),
    ];
    expect(refusals).toMatchObject([
      { status: 'refused', error_message: expect.stringContaining('The price has changed') },
      { status: 'refused', error_message: expect.stringContaining('for somebody else') },
      { status: 'refused', error_message: expect.stringContaining('This invoice is over') },
    ]);
    expect([emma.stars(), other.stars()]).toEqual(stars);
  });

  test('is no, in time, while the database stands still', async () => {
    const emma = await desk.seller();
    const { query, paying } = await desk.press(emma, invoiceOf(await till.order(emma.id)));
    const [frozen, thaw] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const freezing = scene.db.transaction(async (tx) => {
      // The embedded database has one connection: an open transaction stops all others by itself.
      if (inject('testDatabase').kind === 'server') {
        await tx.execute(sql`lock table orders in access exclusive mode`);
      }
      frozen.resolve();
      await thaw.promise;
    });
    await frozen.promise;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const answering = answerCheckout(desk, query);
    // Telegram waits ten seconds; the rest is for the answer's way.
    await vi.advanceTimersByTimeAsync(7_000);
    vi.useRealTimers();
    await answering;
    expect(await paying).toMatchObject({
      status: 'refused',
      error_message: expect.stringContaining('cannot take payments this minute'),
    });
    thaw.resolve();
    await freezing;
  });
});
