/** Money as people see it: the shop, invoices, a subscription, and the owners' side, in Chromium. */
import { describe, expect, test } from 'vitest';
import { ADMIN_ID, EMMA_ID, MARINA_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { type ChatWindow, hasChromium, useBrowser, useWindows } from '../support/browser.ts';
import { ask, tap, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';
import { OWNERS_AWAY } from '../support/tidy.ts';

const photo = await sampleProductPhoto();

const WHOLE_ORDER_MS = 120_000;

describe.skipIf(!hasChromium)('selling in a browser', { timeout: WHOLE_ORDER_MS }, () => {
  const subscription = JSON.stringify({ name: 'Monthly', credits: 60, stars: 399 });
  const scene = playScene(
    { FREE_CREDITS: '1', SUBSCRIPTION: subscription },
    // The owner reads the tickets later.
    { expected: { refusals: OWNERS_AWAY } },
  );
  const open = useWindows(useBrowser(), scene);

  /** Presses the key that pays, looks at the sheet, and agrees. */
  async function pay(chat: ChatWindow, key: string | RegExp): Promise<void> {
    await chat.tap(key);
    await chat.page.getByTestId('pay').waitFor();
    await chat.page.getByTestId('pay-yes').click();
  }

  test('a seller who is short of credits pays, and the order goes on by itself', async () => {
    const chat = await open(EMMA_ID);
    await chat.start();
    await chat.sendPhoto(photo);
    const card = await chat.seeKey('Create all 4 · 4 credits');
    for (const style of (await card.locator('[data-press="tap"]').allInnerTexts()).slice(0, 2)) {
      await chat.tap(style);
      await chat.seeKey(`✓ ${style}`);
    }
    await chat.tap('Create 2 pictures · 2 credits');
    const wall = await chat.see('1 more credit is needed. You have 1.');
    expect(await wall.locator('[data-press="tap"]').allInnerTexts()).toEqual([
      'Make just 1 · 1 credit',
      '12 credits · 99 ⭐ · 8.3 ⭐ each',
      '40 credits · 299 ⭐ · 7.5 ⭐ each',
      '120 credits · 799 ⭐ · 6.7 ⭐ each',
      '400 credits · 2,399 ⭐ · 6 ⭐ each',
      '‹ Back',
    ]);
    await chat.keepScreenshot('screenshots/paywall.png');
    await chat.tap(/^12 credits/);
    await chat.seeKey(/^Pay/);
    await chat.tap(/^Pay/);
    await chat.page.getByTestId('pay').waitFor();
    await chat.keepScreenshot('screenshots/payment.png');
    await chat.page.getByTestId('pay-yes').click();
    await chat.see('12 credits added');
    await chat.see('2 pictures are ready.');
    await chat.keepScreenshot('screenshots/paid.png');
  });

  test('a Russian seller subscribes by a link and cancels', async () => {
    const chat = await open(MARINA_ID);
    await chat.start();
    await chat.say('/buy');
    await chat.seeKey(/60 кредитов в месяц/);
    await chat.keepScreenshot('screenshots/shop-russian.png');
    await chat.tap(/60 кредитов в месяц/);
    await pay(chat, /Подписаться/);
    await chat.see('Добавлено 60');
    await chat.say('/buy');
    await chat.tap('Отменить подписку');
    await chat.tap('Да, отменить');
    await chat.see(/Подписка отменена/);
    await chat.say('/invite');
    await chat.see('t.me/');
    await chat.keepScreenshot('screenshots/invite-russian.png');
    await chat.say('/paysupport');
    await chat.see('Что случилось с оплатой?');
    await chat.say('Списали дважды');
    await chat.see(/обращение \d+ у нас/i);
    await chat.keepScreenshot('screenshots/paysupport-russian.png');
  });

  test('an admin refunds with one tap and one question, and reads the ticket', async () => {
    const buyer = seller(scene, 'ru');
    const shop = await ask(buyer, '/buy', /Выберите пакет/);
    await tap(buyer, buttons(shop)[0] ?? '');
    const invoice = await buyer.waitFor((message) => message.invoice !== undefined);
    await buyer.pay(invoice.message_id);
    await waitForText(buyer, /Добавлено 12/);
    await ask(buyer, '/paysupport', /Что случилось с оплатой/);
    await ask(buyer, 'Списали дважды <два>', /у нас/);

    const admin = await open(ADMIN_ID);
    await admin.start();
    await admin.say('/payments');
    await admin.seeKey(/^Refund #\d+ · 99 ⭐$/);
    await admin.keepScreenshot('screenshots/payments.png');
    await admin.tap(/^Refund #\d+ · 99 ⭐$/);
    await admin.see(/go back to/);
    await admin.keepScreenshot('screenshots/refund.png');
    await admin.tap('Refund 99 ⭐: they asked');
    await admin.see(/is refunded/);
    await admin.say('/tickets');
    await admin.tap(/Марина · payment/);
    await admin.see('Списали дважды <два>');
    await admin.keepScreenshot('screenshots/ticket.png');
    await admin.say('/promo_new SPRING percent 25 max=100');
    await admin.see('SPRING');
    await admin.say('/sources');
    await admin.see(/90/);
    await admin.say('/admin_stats');
    await admin.see('Statistics');
    await admin.keepScreenshot('screenshots/owner.png');
  });
});
