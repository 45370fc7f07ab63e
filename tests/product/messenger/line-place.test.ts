/** The place in line that a card shows is true, whatever else is shown in it at the same time. */
import { afterAll, expect, test } from 'vitest';
import { giveCredits } from '../../../src/billing/ledger/gift-credits.ts';
import { tellPerson } from '../../../src/messenger/tell-person.ts';
import { rememberCard } from '../../../src/photoshoots/draft/remember-card.ts';
import { startPhotoshoot } from '../../../src/photoshoots/run/start-photoshoot.ts';
import { createLineRefresh } from '../../../src/pipeline/refresh-line.ts';
import { plain } from '../../support/conversation.ts';
import { openFileScene } from '../../support/scene.ts';
import { heard, openStarDesk } from '../billing/star-desk.ts';

const scene = await openFileScene();
const desk = await openStarDesk(scene);
afterAll(async () => {
  await desk.close();
});

test('“you are next” that arrives after the work has begun is followed by what is true', async () => {
  const person = await desk.seller();
  const t = desk.texts.in('en');
  const userId = person.id;
  await tellPerson(desk, userId, () => 'A card');
  const cardId = person.messages().findLast((message) => message.from?.is_bot)?.message_id ?? 0;
  const { photoshootId } = await scene.send(scene.photo(userId));
  await scene.recognise(photoshootId);
  await scene.toggle(photoshootId, userId, 1);
  await rememberCard(scene.db, photoshootId, cardId);
  await giveCredits(scene.db, { userId, credits: 1, key: `gift-${userId}`, by: 7, why: null });
  await scene.place(photoshootId, userId);

  const edit = desk.sandbox.faults.hold('telegram', 'editMessageText');
  const refreshed = createLineRefresh(desk)();
  await edit.reached;
  await startPhotoshoot(scene.db, photoshootId);
  edit.release();
  await refreshed;
  expect(heard(person).at(-1)).toBe(plain(t('status-making-one')));
});
