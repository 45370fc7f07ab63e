import { describe, expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const photo = await sampleProductPhoto();

describe('buying', () => {
  const scene = playScene({ FREE_CREDITS: '1' });

  test('a seller who is short of credits pays, and the order starts and arrives by itself', async () => {
    const emma = seller(scene, 'en');
    await emma.sendPhoto(photo);
    const card = await waitForButton(emma, /Create all 4/);
    const [first, second] = buttons(card);
    emma.tap(first ?? '');
    await waitForButton(emma, `✓ ${first}`);
    emma.tap(second ?? '');
    await waitForButton(emma, `✓ ${second}`);
    emma.tap(/^Create 2 pictures/);
    await waitForButton(emma, /Make just 1/);
    emma.tap(/^12 credits/);
    const invoice = await emma.waitFor((message) => message.invoice !== undefined);
    expect(invoice.invoice).toMatchObject({ currency: 'XTR', total_amount: 99 });
    expect(await emma.pay(invoice.message_id)).toMatchObject({ status: 'paid' });
    await emma.waitFor((message) => message.text?.includes('12 credits added') === true);
    const result = await waitForButton(emma, /^Originals/);
    expect(result.text).toContain('2 credits used. 11 left.');
  });

  test('the shop says pictures, price and price of one picture, and sells a package', async () => {
    const emma = seller(scene, 'en');
    emma.sendText('/buy');
    const shop = await waitForButton(emma, /12 credits · 99 ⭐/);
    expect(buttons(shop)).toHaveLength(4);
    emma.tap(/^40 credits/);
    const invoice = await emma.waitFor((message) => message.invoice !== undefined);
    await emma.pay(invoice.message_id);
    await emma.waitFor((message) => message.text?.includes('40 credits added, you have 41 now') === true);
  });
});
