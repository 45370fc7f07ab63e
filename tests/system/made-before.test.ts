/** The same order again: what was made before is offered for nothing, beside making it anew. */
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  choose,
  PATIENCE,
  picturesOf,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

describe('what was made before', () => {
  const scene = playScene({ CACHE_ENABLED: 'true' });

  /** Sends the mug, chooses the first two styles and presses the key that says so. @returns the draft's id */
  async function create(person: Person): Promise<number> {
    const card = await sendProduct(person, mug);
    const id = await choose(person, card, 2);
    const key = textsOf(person)('button-create', { pictures: 2, credits: 2 });
    await waitForButton(person, key, { after: card.message_id - 1 });
    await tap(person, { data: `place:${id}:chosen:2:2`, messageId: card.message_id });
    return id;
  }

  test.each(['en', 'ru'])(
    'is offered in %s, sent again without a call or a credit, and made anew on demand',
    async (language) => {
      const person = seller(scene, language);
      const t = textsOf(person);
      const first = await create(person);
      const result = await waitForResult(person, first);
      expect(textOf(result)).toContain(plain(t('result-credits', { used: 2, left: 6 })));
      const album = picturesOf(person).map(({ photo }) => photo?.at(-1)?.file_id);

      // Nobody could be asked for a picture now.
      scene.sandbox.faults.add('openai', { match: 'images/edits', kind: '5xx' });
      const second = await create(person);
      const offer = await waitForButton(person, t('button-made-before', { pictures: 2 }));
      expect(buttons(offer)).toEqual([
        t('button-made-before', { pictures: 2 }),
        t('button-anew', { credits: 2 }),
        t('button-back'),
      ]);
      await tap(person, { data: `show:${first}`, messageId: offer.message_id });
      await person.waitFor(() => picturesOf(person).length === 4, PATIENCE);
      expect(picturesOf(person).map(({ photo }) => photo?.at(-1)?.file_id)).toEqual([...album, ...album]);
      scene.sandbox.faults.clear();

      // The offer is still there, and so is the draft.
      await tap(person, t('button-anew', { credits: 2 }));
      const anew = await waitForResult(person, second);
      expect(textOf(anew)).toContain(plain(t('result-credits', { used: 2, left: 4 })));
    },
  );
});
