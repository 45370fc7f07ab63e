/** A day's budget for the providers: when it is spent nothing is sold, and an order waits instead of costing more. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { ask, order, picturesOf, place, sendProduct, textsOf, waitForText } from '../support/conversation.ts';
import { hearLog } from '../support/heard-log.ts';
import { type Scene, startScene } from '../support/running-app.ts';
import { seller } from '../support/seller.ts';
import { expectTidy } from '../support/tidy.ts';

const heard = hearLog();
let scene: Scene;

beforeAll(async () => {
  scene = await startScene({ PROVIDER_BUDGET_USD: '0.001' }, heard.log);
});
afterAll(async () => {
  await scene.stop();
  expectTidy(scene.sandbox, heard);
});

test('is pulled once it is spent: the owners are told, nothing is sold, and the next order waits uncharged', async () => {
  const admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', /Hello/);
  const photo = await sampleProductPhoto();
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
