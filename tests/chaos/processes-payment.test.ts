/** A process that dies between the money and the order that it is for, on a real server with a real kill. */
import postgres from 'postgres';
import { describe, expect, test, vi } from 'vitest';
import { botMessages, idIn, textOf } from '../support/conversation.ts';
import { expectInvariants } from '../support/invariants.ts';
import { openProcessStage, RESUMED, waitForOutcome } from '../support/process-stage.ts';

describe('Vitrine, killed', () => {
  test('after a payment was credited and before its order was placed: the order is made, and nothing is credited twice', async (context) => {
    const stage = await openProcessStage(context);
    const environment = { FREE_CREDITS: '0' };
    const first = await stage.start(environment);
    const emma = stage.newSeller();
    const order = await stage.prepareOrder(emma, 2);
    order.create();
    await emma.waitFor((message) => idIn(message, 'buy') !== null, RESUMED);
    emma.tap({ data: `buy:1:stars:${order.id}`, messageId: order.tap.messageId });
    const invoice = await emma.waitFor((message) => message.invoice !== undefined, RESUMED);

    const client = postgres(stage.home.environment.DATABASE_URL ?? '', { max: 2, onnotice: () => {} });
    context.onTestFinished(() => client.end());
    const [locked, letGo] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const lock = client.begin(async (tx) => {
      await tx`select from photoshoots where id = ${order.id} for update`;
      locked.resolve();
      await letGo.promise;
    });
    await locked.promise;
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    const states = () => client`select state from payments`.then((rows) => rows.map(({ state }) => state));
    const credited = async () => expect(await states()).toEqual(['credited']);
    await vi.waitFor(credited, { timeout: 30_000, interval: 20 });
    await first.kill();
    letGo.resolve();
    await lock;
    expect(await client`select state from photoshoots where id = ${order.id}`).toMatchObject([
      { state: 'awaiting_payment' },
    ]);

    const second = await stage.start(environment);
    const result = await waitForOutcome(emma, order.id);
    expect(textOf(result)).toContain('2 credits used. 10 left.');
    expect(await second.stop()).toEqual({ code: 0, signal: null });
    expect(await states()).toEqual(['credited']);
    expect(botMessages(emma).filter((message) => textOf(message).includes('Something went wrong'))).toEqual(
      [],
    );
    await expectInvariants(stage.home, 1);
  });
});
