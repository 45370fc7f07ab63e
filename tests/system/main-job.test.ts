import { describe, expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const photo = await sampleProductPhoto();

describe('the main job', () => {
  const scene = playScene();

  test('a photo becomes an album of the chosen styles and format, and its originals follow', async () => {
    const emma = seller(scene, 'en');
    await emma.sendPhoto(photo);
    const card = await waitForButton(emma, /Create all 4/);
    const [first, second] = buttons(card);
    emma.tap(first ?? '');
    await waitForButton(emma, `✓ ${first}`);
    emma.tap(second ?? '');
    await waitForButton(emma, `✓ ${second}`);
    emma.tap('3:4 · Wildberries, Ozon');
    await waitForButton(emma, '✓ 3:4 · Wildberries, Ozon');
    emma.tap('Create 2 pictures · 2 credits');
    const result = await waitForButton(emma, /^Originals/);
    expect(result.text).toContain('2 pictures are ready');
    expect(result.text).toContain('2 credits used. 6 left.');

    const album = emma.messages().filter((message) => message.from?.is_bot && message.photo !== undefined);
    expect(album).toHaveLength(2);
    expect(new Set(album.map((message) => message.media_group_id)).size).toBe(1);
    expect(album.map((message) => message.caption)).toEqual([first, second]);
    for (const { photo: sizes } of album) {
      const largest = sizes?.at(-1);
      expect((largest?.width ?? 0) / (largest?.height ?? 1)).toBeCloseTo(3 / 4, 2);
    }

    emma.tap('Originals (PNG)');
    const last = await emma.waitFor(
      (message) => message.document !== undefined && message.caption !== undefined,
    );
    const files = emma.messages().filter((message) => message.document !== undefined);
    expect(files.map((message) => message.document?.mime_type)).toEqual(['image/png', 'image/png']);
    expect(files.map((message) => message.document?.file_name)).toEqual(['blue-mug-1.png', 'blue-mug-2.png']);
    expect(last.caption).toContain('no loss of quality');
  });
});
