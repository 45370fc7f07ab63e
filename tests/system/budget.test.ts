/** A day's budget for the providers: when it is spent nothing is sold, and an order waits instead of costing more. */
import { expect, test } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { ask, order, picturesOf, place, sendProduct, textsOf, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';

const photo = await sampleProductPhoto();

const scene = playScene({ PROVIDER_BUDGET_USD: '0.001' });

test('is pulled once it is spent: the owners are told, nothing is sold, and the next order waits uncharged', async () => {
  const admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', /Hello/);
  const emma = seller(scene, 'en');
  await order(emma, photo, 1);
  await waitForText(admin, /The day’s budget for the provider is spent/);
  await ask(emma, '/buy', textsOf(emma)('shop-paused'));
  await ask(admin, '/admin', /Nothing is sold just now/);
  await place(emma, await sendProduct(emma, photo), 1);
  await waitForText(emma, textsOf(emma)('status-provider-busy'));
  await ask(emma, '/balance', textsOf(emma)('balance-reserved', { reserved: 1 }));
  expect(picturesOf(emma)).toHaveLength(1);
});
