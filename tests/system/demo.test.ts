/** The order that `npm run demo` plays, with whatever photo somebody gives it. */
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { orderPictures } from '../../tools/demo/order-pictures.ts';
import { idIn, PATIENCE } from '../support/conversation.ts';
import { playSceneInTest } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';

test('the demo chooses styles, whatever the bot offers above them for a blurred photo', async () => {
  const scene = await playSceneInTest();
  const emma = seller(scene, 'en');
  const blurred = await sharp(await sampleProductPhoto())
    .blur(12)
    .jpeg()
    .toBuffer();
  const offered = emma.waitFor((message) => idIn(message, 'keepphoto') !== null, PATIENCE);
  const originals = await orderPictures(emma, blurred);
  await offered;
  expect(originals).toHaveLength(2);
});
