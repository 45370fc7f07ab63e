/** What owners see in chat, and nobody else does. */
import { describe, expect, test, vi } from 'vitest';
import { ADMIN_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  botMessages,
  order,
  PATIENCE,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

describe('the owner’s figures', () => {
  const scene = playScene();

  test('are those of what happened', async () => {
    const admin = scene.sandbox.people.of(ADMIN_ID);
    const [buyer, leaver] = [seller(scene, 'ru'), seller(scene, 'en')];
    await order(buyer, mug, 2);
    await tap(buyer, textsOf(buyer)('button-not-right'));
    await tap(buyer, textsOf(buyer)('not-right-picture', { position: 1 }));
    await tap(buyer, textsOf(buyer)('button-give-back'));
    await sendProduct(leaver, mug);
    leaver.sendText('/cancel');
    await waitForText(leaver, textsOf(leaver)('card-dropped'));
    await sendProduct(leaver, mug);
    leaver.block();

    // A block is an update that nothing answers: the next one, of anybody, is handled beside it.
    const asked = async () => {
      const [sent] = admin.sendText('/admin_stats');
      return textOf(await waitForText(admin, /USD/, { after: sent?.message_id ?? 0 }));
    };
    const figures = await vi.waitUntil(
      async () => {
        const text = await asked();
        return text.includes('1 blocked') ? text : null;
      },
      { timeout: PATIENCE.timeoutMs, interval: 200 },
    );
    expect(figures).toMatch(/New: 3\D+active 2\D+1 blocked/);
    expect(figures).toMatch(/Pictures: 2\D+0 bought\D+0 given\D+2 free/);
    expect(figures).toMatch(/Photos: 3\D+photoshoots: 1/);
    expect(figures).toMatch(/Not right: 1\D+50 %/);
    expect(figures).toMatch(/Complete: 1\D+partial 0\D+failed 0/);
    expect(figures).toMatch(/Now: in line 0 · being made 0 · drafts 1/);
    expect(figures).toMatch(/Create → pictures: [\d.]+ s/);
    expect(figures).toMatch(/Cost: \d+\.\d\d USD/);
  });

  test('are of the period that is tapped, in the same message', async () => {
    const admin = scene.sandbox.people.of(ADMIN_ID);
    const t = textsOf(admin);
    const [sent] = admin.sendText('/admin_stats 2020-01-01 2020-01-31');
    const card = await waitForText(admin, /Nothing was paid/, { after: sent?.message_id ?? 0 });
    expect(textOf(card)).toMatch(/New: 0 · active 0/);
    await tap(admin, t('button-figures', { period: 'all' }));
    const edited = await vi.waitUntil(
      () => {
        const now = admin.messages().find(({ message_id }) => message_id === card.message_id);
        return now !== undefined && textOf(now).includes(t('figures-all')) ? textOf(now) : null;
      },
      { timeout: PATIENCE.timeoutMs },
    );
    expect(edited).toMatch(/New: 3/);
    admin.sendText('/admin_stats yesterday');
    await waitForText(admin, t('figures-usage'), { after: card.message_id });
  });

  test('are drawn when it is asked for, as one album', async () => {
    const admin = scene.sandbox.people.of(ADMIN_ID);
    const t = textsOf(admin);
    const [sent] = admin.sendText('/admin_stats');
    await waitForText(admin, /USD/, { after: sent?.message_id ?? 0 });
    expect(await tap(admin, t('button-charts'))).toMatchObject({ text: t('charts-coming') });
    const first = await waitForText(admin, /Charts ·/, { after: sent?.message_id ?? 0 });
    const album = await vi.waitUntil(
      () => {
        const group = admin.messages().filter((message) => message.media_group_id === first.media_group_id);
        return group.length >= 4 ? group : null;
      },
      { timeout: PATIENCE.timeoutMs },
    );
    expect(first.media_group_id).toBeDefined();
    // Pictures, people, what was not right, and the way; nothing was paid.
    expect(album).toHaveLength(4);
    for (const { photo } of album) expect(Math.max(...(photo ?? []).map(({ width }) => width))).toBe(1280);
    // Days that somebody typed are those that the key below them draws.
    const [typed] = admin.sendText('/admin_stats 2020-01-01 2020-01-31');
    await waitForText(admin, /Nothing was paid/, { after: typed?.message_id ?? 0 });
    await tap(admin, t('button-charts'));
    await waitForText(admin, /Charts · Jan 1\D+31, 2020/, { after: typed?.message_id ?? 0 });
  });

  test('show who comes back, and lead back from there', async () => {
    const admin = scene.sandbox.people.of(ADMIN_ID);
    const t = textsOf(admin);
    const [sent] = admin.sendText('/admin_stats');
    const card = await waitForText(admin, /USD/, { after: sent?.message_id ?? 0 });
    const shows = (wanted: RegExp) =>
      vi.waitUntil(
        () => admin.messages().some((one) => one.message_id === card.message_id && wanted.test(textOf(one))),
        { timeout: PATIENCE.timeoutMs },
      );
    await tap(admin, t('button-cohorts'));
    // One person placed a photoshoot, this week.
    await shows(/ 1$/);
    await tap(admin, t('button-statistics'));
    await shows(/USD/);
  });

  test('are for anybody else a command like any other that there is not', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    for (const command of ['/no_such_command', '/admin_stats', '/admin_stats@vitrine_sandbox_bot', '/help']) {
      person.sendText(command);
    }
    await waitForText(person, t('help'));
    const unknown = plain(t('unknown-message'));
    const help = expect.stringContaining(plain(t('help')));
    expect(botMessages(person).map(textOf)).toEqual([unknown, unknown, unknown, help]);
  });
});
