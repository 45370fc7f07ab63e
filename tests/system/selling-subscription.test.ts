/** A monthly subscription as its buyer, Telegram and an admin see it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { ask, PATIENCE, tap, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const subscription = JSON.stringify({ name: 'Monthly', credits: 60, stars: 399 });
const scene = playScene({ FREE_CREDITS: '1', SUBSCRIPTION: subscription });
let admin: Person;

beforeAll(async () => {
  admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', /Hello/);
});

const balanceText = async (person: Person) => textOf(await ask(person, '/balance', /You have/));

/** @returns the first charge, by which Telegram knows the subscription */
async function subscribe(person: Person): Promise<string> {
  await ask(person, '/start', /Hello/);
  await ask(person, '/buy', /Choose a package/);
  await tap(person, '60 credits a month · 399 ⭐');
  const offer = await waitForButton(person, 'Subscribe · 399 ⭐ a month');
  const [button] = offer.reply_markup?.inline_keyboard.flat() ?? [];
  if (button === undefined || !('url' in button)) throw new Error('a subscription is sold by a link');
  const outcome = await person.pay(button.url);
  if (outcome.status !== 'paid') throw new Error(`the payment was ${outcome.status}`);
  await waitForText(person, /60 credits added/);
  return outcome.telegram_payment_charge_id;
}

describe('a subscription', () => {
  test('brings its pictures at once and every month, and takes the Stars itself', async () => {
    const emma = seller(scene, 'en');
    const stars = emma.stars();
    const charge = await subscribe(emma);
    expect(await balanceText(emma)).toContain('61 credits');
    const renewal = emma.renew(charge);
    if (renewal.status !== 'paid') throw new Error(`the renewal was ${renewal.status}`);
    // Telegram tells of it twice, as of everything.
    scene.sandbox.people.injectUpdate({ message: renewal.message });
    await waitForText(emma, /60 credits added/, { after: renewal.message.message_id });
    expect(await balanceText(emma)).toContain('121 credits');
    expect(emma.stars()).toBe(stars - 2 * 399);
  });

  test('is not sold twice, and ends with the paid month when its buyer cancels it', async () => {
    const emma = seller(scene, 'en');
    const charge = await subscribe(emma);
    const shop = await ask(emma, '/buy', /Your subscription renews on/);
    expect(buttons(shop)).not.toContain('60 credits a month · 399 ⭐');
    await tap(emma, 'Cancel the subscription');
    await waitForText(emma, /Cancel the subscription\?/, { after: shop.message_id - 1 });
    await tap(emma, 'Keep it');
    await waitForText(emma, /goes on/, { after: shop.message_id - 1 });
    const again = await ask(emma, '/buy', /Your subscription renews on/);
    await tap(emma, 'Cancel the subscription');
    await waitForButton(emma, 'Yes, cancel it', { after: again.message_id - 1 });
    await tap(emma, 'Yes, cancel it');
    await waitForText(emma, /is cancelled/i, { after: again.message_id - 1 });
    expect(() => emma.renew(charge)).toThrow('was cancelled');
    const after = await ask(emma, '/buy', /Your subscription ends on/);
    expect(buttons(after)).not.toContain('Cancel the subscription');
    // Somebody else's is nobody's; one's own is taken up again in Telegram's settings, and renews from then on.
    const resume = after.reply_markup?.inline_keyboard.flat().at(-1);
    const data = resume !== undefined && 'callback_data' in resume ? resume.callback_data : '';
    expect((await tap(admin, { data })).text).toBe(textsOf(admin)('error-not-found'));
    await tap(emma, 'Take the subscription up again');
    await waitForText(emma, textsOf(emma)('subscription-reopened'), { after: after.message_id });
    await ask(emma, '/buy', /Your subscription ends on/);
    expect(emma.renew(charge)).toMatchObject({ status: 'paid' });
    await waitForText(emma, /60 credits added, you have 121/);
    await ask(emma, '/buy', /Your subscription renews on/);
    expect((await tap(emma, { data })).text).toBe(textsOf(emma)('error-not-found'));
    expect(await balanceText(emma)).toContain('121 credits');
  });

  test('is ended by an admin who refunds it', async () => {
    const emma = seller(scene, 'en');
    const stars = emma.stars();
    const charge = await subscribe(emma);
    const list = await ask(admin, `/payments ${emma.id}`, /Payments/);
    await tap(admin, buttons(list)[0] ?? '');
    await waitForButton(admin, 'Refund 399 ⭐: they asked', { after: list.message_id - 1 });
    await tap(admin, 'Refund 399 ⭐: they asked');
    await waitForText(emma, /399 ⭐ has been refunded/);
    expect(emma.stars()).toBe(stars);
    // It is ended behind the refund, of which emma is told first.
    const ended = () =>
      scene.sandbox.journal
        .calls('editUserStarSubscription')
        .filter(({ code }) => code === 200)
        .map(({ parameters }) => Number(parameters.user_id));
    await expect.poll(ended, { timeout: PATIENCE.timeoutMs }).toContain(emma.id);
    expect(() => emma.renew(charge)).toThrow('was cancelled');
    expect(await balanceText(emma)).toContain('1 credit');
  });

  test('of somebody else cannot be cancelled', async () => {
    const [emma, other] = [seller(scene, 'en'), seller(scene, 'en')];
    const charge = await subscribe(emma);
    const shop = await ask(emma, '/buy', /renews on/);
    const cancel = shop.reply_markup?.inline_keyboard.flat().at(-1);
    const data = cancel !== undefined && 'callback_data' in cancel ? cancel.callback_data : '';
    expect(data).toMatch(/^unsubscribe:/);
    await ask(other, '/start', /Hello/);
    await tap(other, { data });
    expect(emma.renew(charge)).toMatchObject({ status: 'paid' });
    await waitForText(emma, /60 credits added, you have 121/);
  });
});
