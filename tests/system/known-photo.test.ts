/** A photo that was seen before has its card at once, whoever sends it. */
import type { Message } from '@grammyjs/types';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { ask, choose, sendProduct, tap, textOf, textsOf, waitForCard } from '../support/conversation.ts';
import { playSceneInTest } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

test('a forwarded photo is shown as it was recognised before, though nobody could be asked now, and another one is not', async () => {
  const scene = await playSceneInTest({ CACHE_ENABLED: 'true' });
  const emma = seller(scene, 'en');
  await sendProduct(emma, mug);
  const sent = emma.messages().find((message) => message.photo !== undefined);
  if (sent === undefined) throw new Error('the photo was not sent');
  scene.sandbox.faults.add('openai', { match: 'responses', kind: '5xx' });
  const asked = () => scene.sandbox.journal.calls('getFile').length;
  const before = asked();

  const ann = seller(scene, 'en');
  await forward(ann, sent);
  expect(textOf(await waitForCard(ann))).toContain('Blue mug');
  // It was not even fetched.
  expect(asked()).toBe(before);

  // So is what it lacks.
  scene.sandbox.faults.clear();
  const lacking = await sharp(mug).linear(0.4, 0).jpeg().toBuffer();
  await sendProduct(emma, lacking);
  const dark = emma.messages().findLast((message) => message.photo !== undefined && !message.from?.is_bot);
  if (dark === undefined) throw new Error('the photo was not sent');
  scene.sandbox.faults.add('openai', { match: 'responses', kind: '5xx' });
  const fetched = asked();
  const eve = seller(scene, 'en');
  await forward(eve, dark);
  expect(textOf(await waitForCard(eve))).toContain(textsOf(eve)('advice-dark'));
  expect(asked()).toBe(fetched);

  // The same picture as another file of Telegram's is fetched, and nobody is asked.
  const max = seller(scene, 'en');
  expect(textOf(await sendProduct(max, mug))).toContain('Blue mug');
  expect(asked()).toBe(fetched + 1);
  // Words are a part of what is looked at.
  const lea = seller(scene, 'en');
  await forward(lea, sent, 'on marble');
  expect(textOf(await waitForCard(lea))).not.toContain('Blue mug');

  async function forward(to: Person, { photo }: Message, caption?: string): Promise<void> {
    // A bot may write to nobody who has not begun.
    await ask(to, '/start', textsOf(to)('start-sample'));
    const chat = { id: to.id, type: 'private', first_name: to.persona.first_name };
    const message = { message_id: 900, date: 1_790_000_000, chat, from: to.persona, photo, caption };
    scene.sandbox.people.injectUpdate({ message });
  }
});

test.each(['en', 'ru'])(
  'new ideas are asked for anew of a photo that is known, and the card keeps what is chosen (%s)',
  async (language) => {
    const scene = await playSceneInTest({ CACHE_ENABLED: 'true' });
    const person = seller(scene, language);
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    await choose(person, card, 1);
    const held = scene.sandbox.faults.hold('openai', 'responses');
    expect((await tap(person, t('button-ideas'))).text).toBe(t('ideas-asked'));
    await held.reached;
    // What was proposed before goes along, so that others come.
    held.release();
    const [first = ''] = buttons(card);
    const shown = await waitForButton(person, t('button-chosen', { title: first }));
    expect(shown.message_id).toBe(card.message_id);
    expect(buttons(shown)).toContain(t('button-create', { pictures: 1, credits: 1 }));
  },
);
