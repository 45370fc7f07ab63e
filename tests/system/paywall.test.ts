/** A photoshoot at the paywall: whatever dies or fails there, what it waits for can be paid. */
import type { Message } from '@grammyjs/types';
import { afterEach, describe, expect, test, vi } from 'vitest';
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
import { playScene } from '../support/played-scene.ts';
import { openProcessStage, RESUMED, waitForOutcome } from '../support/process-stage.ts';
import { buttons, seller } from '../support/seller.ts';
import { GIVEN_UP } from '../support/tidy.ts';

const photo = await sampleProductPhoto();

const invoices = (person: Person) => person.messages().filter((message) => message.invoice !== undefined);

/** The newest invoice, which came after this message. */
const waitForInvoice = (person: Person, after: number) =>
  person.waitFor((message) => message.invoice !== undefined && message.message_id > after, RESUMED);

/** The smallest package, for what waits. */
const packageOf = (wall: Message, id: number) => ({ data: `buy:1:stars:${id}`, messageId: wall.message_id });

async function askForInvoice(person: Person, wall: Message, id: number): Promise<Message> {
  await tap(person, packageOf(wall, id));
  return waitForInvoice(person, wall.message_id);
}

const showsPackages = (message: Message) => idIn(message, 'buy') !== null;

describe('A photoshoot at the paywall', () => {
  const scene = playScene({ FREE_CREDITS: '0' }, { expected: GIVEN_UP });
  afterEach(() => scene.sandbox.faults.clear());

  async function chosen(pictures = 1) {
    const emma = seller(scene, 'en');
    const card = await sendProduct(emma, photo);
    const id = await choose(emma, card, pictures);
    return { emma, id, create: { data: `place:${id}`, messageId: card.message_id } };
  }

  test.each<[string, FaultRule]>([
    ['the packages could not be shown', { match: 'editMessageText', kind: 'refusal', times: 1 }],
    ['the packages may have been shown', { match: 'editMessageText', kind: 'reset-after', times: 1 }],
  ])('shows the packages at the next Create when %s', async (_, fault) => {
    const { emma, id, create } = await chosen();
    scene.sandbox.faults.add('telegram', fault);
    await tap(emma, create);
    scene.sandbox.faults.clear();
    await tap(emma, create);
    const wall = await emma.waitFor(showsPackages, RESUMED);
    expect(invoices(emma)).toEqual([]);
    const invoice = await askForInvoice(emma, wall, id);
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    await waitForResult(emma, id);
  });

  test.each<[string, FaultRule]>([
    ['could not be sent', { match: 'sendInvoice', kind: 'refusal', times: 1 }],
    ['may have been sent', { match: 'sendInvoice', kind: 'reset-after', times: 1 }],
  ])('sends an invoice at the next tap on the package when one %s', async (_, fault) => {
    const { emma, id, create } = await chosen();
    await tap(emma, create);
    const wall = await emma.waitFor(showsPackages, RESUMED);
    scene.sandbox.faults.add('telegram', fault);
    await tap(emma, packageOf(wall, id));
    scene.sandbox.faults.clear();
    const after = Math.max(0, ...emma.messages().map((message) => message.message_id));
    await tap(emma, packageOf(wall, id));
    const invoice = await waitForInvoice(emma, after);
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    await waitForResult(emma, id);
  });

  test('sends no invoice before it is asked for, however often Create is tapped', async () => {
    const { emma, id, create } = await chosen();
    await Promise.all(Array.from({ length: 4 }, () => tap(emma, create)));
    expect(invoices(emma)).toEqual([]);
    const invoice = await askForInvoice(emma, await emma.waitFor(showsPackages, RESUMED), id);
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    await waitForResult(emma, id);
    expect(invoices(emma)).toHaveLength(1);
  });

  test('starts at Create when the credits have come in another way', async () => {
    const { emma, id, create } = await chosen(2);
    await tap(emma, create);
    const [asked] = emma.sendText('/buy');
    const shop = await waitForText(emma, /Choose a package/, { after: asked?.message_id ?? 0 });
    await tap(emma, buttons(shop)[0] ?? '');
    const invoice = await waitForInvoice(emma, shop.message_id);
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    await waitForText(emma, /12 credits added/, { after: invoice.message_id });
    await tap(emma, create);
    await waitForResult(emma, id);
  });

  test('loses its invoice when its seller chooses anew', async () => {
    const { emma, id, create } = await chosen();
    await tap(emma, create);
    await askForInvoice(emma, await emma.waitFor(showsPackages, RESUMED), id);
    await tap(emma, { data: `card:${id}`, messageId: create.messageId });
    expect(invoices(emma)).toEqual([]);
    expect(
      emma.messages().some((message) => buttons(message).includes(textsOf(emma)('button-catalogue'))),
    ).toBe(true);
  });
});

describe('Vitrine, killed at the paywall', () => {
  test('before the packages were shown, before the invoice was sent, and when it was sent and not written down: Create shows the packages, and each can be paid', async (context) => {
    const stage = await openProcessStage(context);
    const environment = { FREE_CREDITS: '0' };
    const first = await stage.start(environment);
    const { faults } = stage.sandbox;
    const prepare = async () => {
      const person = stage.newSeller();
      return { person, ...(await stage.prepareOrder(person, 2)) };
    };
    const atTheWall = async () => {
      const order = await prepare();
      order.create();
      const wall = await order.person.waitFor(showsPackages, RESUMED);
      return { ...order, choose: () => order.person.tap(packageOf(wall, order.id)) };
    };
    const [unshown, unsent, unwritten] = [await prepare(), await atTheWall(), await atTheWall()];
    // All that comes to a hold later waits there as well: whoever has the longest way goes first.
    const sent = faults.holdAnswer('telegram', 'sendInvoice');
    unwritten.choose();
    await sent.reached;
    const sending = faults.hold('telegram', 'sendInvoice');
    unsent.choose();
    await sending.reached;
    const showing = faults.hold('telegram', 'editMessageText');
    unshown.create();
    await showing.reached;
    await first.kill();
    for (const hold of [sent, sending, showing]) hold.drop();

    await stage.start(environment);
    for (const { person, id, tap: create } of [unshown, unsent, unwritten]) {
      person.tap(create);
      const wall = await person.waitFor(showsPackages, RESUMED);
      await vi.waitFor(
        async () => {
          const after = Math.max(0, ...person.messages().map((message) => message.message_id));
          person.tap(packageOf(wall, id));
          const invoice = await waitForInvoice(person, after);
          expect(await person.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
        },
        { timeout: RESUMED.timeoutMs, interval: 100 },
      );
      expect(textOf(await waitForOutcome(person, id))).toContain('2 credits used. 10 left.');
    }
  });
});

describe('A seller with some credits at the paywall', () => {
  const scene = playScene({ FREE_CREDITS: '3' });

  test.each(['en', 'ru'])(
    'makes the pictures that the credits suffice for, by one tap (%s)',
    async (language) => {
      const emma = seller(scene, language);
      const t = textsOf(emma);
      const card = await sendProduct(emma, photo);
      const id = idIn(card, 'place') ?? 0;
      await tap(emma, t('button-create-all', { pictures: 4, credits: 4 }));
      const wall = await waitForText(emma, t('paywall-title', { missing: 1, available: 3 }));
      expect(buttons(wall)[0]).toBe(t('button-affordable', { pictures: 3, credits: 3 }));
      await tap(emma, t('button-affordable', { pictures: 3, credits: 3 }));
      const result = await waitForResult(emma, id);
      expect(textOf(result)).toContain(t('result-credits', { used: 3, left: 0 }));
      expect(invoices(emma)).toEqual([]);
    },
  );
});
