/** The history: what was made, page by page, and again without an upload. */
import { describe, expect, test } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { HISTORY_PAGE_SIZE } from '../../src/screens/menu-cards.ts';
import {
  choose,
  idIn,
  order,
  PATIENCE,
  picturesOf,
  tap,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

describe('the history', () => {
  const scene = playScene();

  /** The calls that carried a file into one person's chat. */
  const uploadsTo = (person: Person) =>
    scene.sandbox.journal
      .calls()
      .filter(({ parameters }) => Number(parameters.chat_id) === person.id)
      .filter(({ parameters }) => JSON.stringify(parameters).includes('"filename"'));

  test('shows what was made, page by page, and sends it again without an upload', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const { photoshootId: oldest, result } = await order(person, mug, 2);
    const ids: number[] = [];
    let after = result.message_id;
    for (let count = 0; count < HISTORY_PAGE_SIZE; count += 1) {
      await tap(person, { data: `restyle:${oldest}`, messageId: result.message_id });
      const card = await waitForButton(person, t('button-create-all', { pictures: 4, credits: 4 }), {
        ...PATIENCE,
        after,
      });
      after = card.message_id;
      const id = await choose(person, card, 1);
      await tap(person, { data: `place:${id}`, messageId: card.message_id });
      ids.push(id);
    }
    for (const id of ids) await waitForResult(person, id);

    person.sendText('/history');
    const page = await waitForText(person, t('history-page', { page: 1, pages: 2 }));
    expect(buttons(page)).toHaveLength(HISTORY_PAGE_SIZE + 2);
    await tap(person, t('button-older'));
    const last = await waitForText(person, t('history-page', { page: 2, pages: 2 }));
    expect(last.message_id).toBe(page.message_id);
    expect(idIn(last, 'past')).toBe(oldest);
    // A page that is not there any more is the last one.
    await tap(person, { data: 'history:99', messageId: page.message_id });
    await tap(person, t('button-newer'));
    await waitForText(person, t('history-page', { page: 1, pages: 2 }));
    await tap(person, t('button-older'));

    // One message: the list, a picture of it with its styles, and the list again.
    await tap(person, { data: `past:${oldest}:2`, messageId: page.message_id });
    const past = await waitForButton(person, t('button-show'), PATIENCE);
    expect(past.message_id).toBe(page.message_id);
    expect(past.photo?.at(-1)?.file_id).toBe(picturesOf(person)[0]?.photo?.at(-1)?.file_id);
    expect(textOf(past).match(/🎨/gu)).toHaveLength(2);
    await tap(person, t('button-back'));
    await waitForText(person, t('history-page', { page: 2, pages: 2 }));

    const [uploads, shown] = [uploadsTo(person).length, picturesOf(person).length];
    await tap(person, { data: `show:${oldest}`, messageId: page.message_id });
    const again = picturesOf(person).slice(shown);
    expect(again).toHaveLength(2);
    expect(uploadsTo(person)).toHaveLength(uploads);
    expect(again[0]?.photo?.at(-1)?.file_id).toBe(picturesOf(person)[0]?.photo?.at(-1)?.file_id);
    const below = person.lastMessage();
    expect(below === undefined ? [] : buttons(below)).toContain(t('button-originals'));
    expect(below === undefined ? [] : buttons(below)).toContain(t('button-again', { credits: 2 }));
  });
});
