/** A photoshoot at the paywall: whatever dies or fails there, what it waits for can be paid. */
import type { Message } from '@grammyjs/types';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { FaultRule, Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  choose,
  idIn,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { openProcessStage, RESUMED, waitForOutcome } from '../support/process-stage.ts';
import { type Scene, startScene } from '../support/running-app.ts';
import { buttons, seller } from '../support/seller.ts';

const invoices = (person: Person) => person.messages().filter((message) => message.invoice !== undefined);

/** The newest invoice, which came after this message. */
const waitForInvoice = (person: Person, after: number) =>
  person.waitFor((message) => message.invoice !== undefined && message.message_id > after, RESUMED);

const showsPackages = (message: Message) => idIn(message, 'buy') !== null;

describe('A photoshoot at the paywall', () => {
  let scene: Scene;
  let photo: Uint8Array;

  beforeAll(async () => {
    scene = await startScene({ FREE_CREDITS: '0' });
    photo = await sampleProductPhoto();
  });
  afterEach(() => scene.sandbox.faults.clear());
  afterAll(() => scene.stop());

  async function chosen(pictures = 1) {
    const emma = seller(scene, 'en');
    const card = await sendProduct(emma, photo);
    const id = await choose(emma, card, pictures);
    return { emma, id, create: { data: `place:${id}`, messageId: card.message_id } };
  }

  test.each<[string, FaultRule]>([
    ['the packages could not be shown', { match: 'editMessageText', kind: 'refusal', times: 1 }],
    ['the packages may have been shown', { match: 'editMessageText', kind: 'reset-after', times: 1 }],
    ['the invoice could not be sent', { match: 'sendInvoice', kind: 'refusal', times: 1 }],
    ['the invoice may have been sent', { match: 'sendInvoice', kind: 'reset-after', times: 1 }],
  ])('shows the packages and an invoice at the next Create when %s', async (_, fault) => {
    const { emma, id, create } = await chosen();
    scene.sandbox.faults.add('telegram', fault);
    await tap(emma, create);
    scene.sandbox.faults.clear();
    const after = Math.max(0, ...emma.messages().map((message) => message.message_id));
    await tap(emma, create);
    const invoice = await waitForInvoice(emma, after);
    expect(emma.messages().some(showsPackages)).toBe(true);
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    await waitForResult(emma, id);
  });

  test('has one invoice to be paid, however often Create is tapped', async () => {
    const { emma, id, create } = await chosen();
    await Promise.all(Array.from({ length: 4 }, () => tap(emma, create)));
    const [invoice, ...others] = invoices(emma);
    expect(others).toEqual([]);
    expect(await emma.pay(invoice?.message_id ?? 0)).toMatchObject({ status: 'paid' });
    await waitForResult(emma, id);
    expect(invoices(emma)).toHaveLength(1);
  });

  test('starts at Create when the credits have come in another way', async () => {
    const { emma, id, create } = await chosen(2);
    await tap(emma, create);
    const wall = await waitForInvoice(emma, 0);
    emma.sendText('/buy');
    const shop = await waitForText(emma, /Choose a package/, { after: wall.message_id });
    await tap(emma, buttons(shop)[0] ?? '');
    const invoice = await waitForInvoice(emma, shop.message_id);
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    await waitForText(emma, /12 pictures added/, { after: invoice.message_id });
    await tap(emma, create);
    await waitForResult(emma, id);
  });

  test('loses its invoice when its seller chooses anew', async () => {
    const { emma, id, create } = await chosen();
    await tap(emma, create);
    await waitForInvoice(emma, 0);
    await tap(emma, { data: `card:${id}`, messageId: create.messageId });
    expect(invoices(emma)).toEqual([]);
    expect(
      emma.messages().some((message) => buttons(message).includes(textsOf(emma)('button-catalogue'))),
    ).toBe(true);
  });
});

describe('Vitrine, killed at the paywall', () => {
  test('before the packages were shown, before the invoice was sent, and when it was sent and not written down: Create shows both again', async (context) => {
    const stage = await openProcessStage(context);
    const environment = { FREE_CREDITS: '0' };
    const first = await stage.start(environment);
    const { faults } = stage.sandbox;
    const prepare = async () => {
      const person = stage.newSeller();
      return { person, ...(await stage.prepareOrder(person, 2)) };
    };
    const [unshown, unsent, unwritten] = [await prepare(), await prepare(), await prepare()];
    // All that comes to a hold later waits there as well: whoever has the longest way goes first.
    const sent = faults.holdAnswer('telegram', 'sendInvoice');
    unwritten.create();
    await sent.reached;
    const sending = faults.hold('telegram', 'sendInvoice');
    unsent.create();
    await sending.reached;
    const showing = faults.hold('telegram', 'editMessageText');
    unshown.create();
    await showing.reached;
    await first.kill();
    for (const hold of [sent, sending, showing]) hold.drop();

    const orders = [unshown, unsent, unwritten].map((order) => ({
      ...order,
      after: Math.max(0, ...order.person.messages().map((message) => message.message_id)),
    }));
    await stage.start(environment);
    for (const { person, id, tap, after } of orders) {
      person.tap(tap);
      const invoice = await waitForInvoice(person, after);
      expect(person.messages().some(showsPackages)).toBe(true);
      await vi.waitFor(
        async () => {
          const newest = invoices(person).at(-1) ?? invoice;
          expect(await person.pay(newest.message_id)).toMatchObject({ status: 'paid' });
        },
        { timeout: RESUMED.timeoutMs, interval: 100 },
      );
      expect(textOf(await waitForOutcome(person, id))).toContain('2 credits used. 10 left.');
    }
  });
});
