/** What owners find by words, on both databases. */
import { eq, sql } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { photoshoots, stylePresets } from '../../../src/database/schema/index.ts';
import { readFound, searchWords } from '../../../src/photoshoots/search-words.ts';
import { openFileScene } from '../../support/scene.ts';

const scene = await openFileScene();
const { db } = scene;

/** A placed photoshoot of a product of this name. */
async function shown(userId: number, productName: string): Promise<number> {
  const id = await scene.placed(userId, 1);
  await db.update(photoshoots).set({ productName, productKind: null }).where(eq(photoshoots.id, id));
  return id;
}
async function preset(userId: number, title: string, prompt: string): Promise<number> {
  const [row] = await db.insert(stylePresets).values({ userId, title, prompt }).returning();
  if (row === undefined) throw new Error('nothing was saved');
  return row.id;
}
const find = (query: string, userId: number | null = null, limit = 20) =>
  searchWords(db, { query, userId, limit });

describe('words', () => {
  test('find photoshoots by their product and saved styles by name and description, in any form of theirs', async () => {
    const userId = await scene.customer(8);
    const kettle = await shown(userId, 'Copper kettle');
    const teapot = await shown(userId, 'Медный чайник');
    const style = await preset(userId, 'Campfire', 'a kettle over burning logs at night');
    expect(await find('kettles', userId)).toEqual(
      expect.arrayContaining([
        { kind: 'photoshoot', id: kettle },
        { kind: 'preset', id: style },
      ]),
    );
    expect(await find('медные чайники', userId)).toEqual([{ kind: 'photoshoot', id: teapot }]);
    expect(await find('kettle -copper', userId)).toEqual([{ kind: 'preset', id: style }]);
    expect(await find('teaspoon', userId)).toEqual([]);
  });

  test('are looked for in one person’s things, or in everybody’s, as many as are asked for', async () => {
    const [one, other] = [await scene.customer(8), await scene.customer(8)];
    const [mine, theirs] = [await shown(one, 'Zither'), await shown(other, 'Zither')];
    expect(await find('zither', one)).toEqual([{ kind: 'photoshoot', id: mine }]);
    expect(await find('zither')).toEqual([
      { kind: 'photoshoot', id: theirs },
      { kind: 'photoshoot', id: mine },
    ]);
    expect(await find('zither', null, 1)).toHaveLength(1);
  });

  test('that say nothing, or are no question, find nothing', async () => {
    for (const query of ['the', '"', '& | !', "'; drop table users; --"])
      expect(await find(query)).toEqual([]);
  });

  test('find nothing of a draft, nor of what is forgotten or gone since', async () => {
    const userId = await scene.customer(8);
    const draft = await scene.draft(userId, [1]);
    await db.update(photoshoots).set({ productName: 'Gramophone' }).where(eq(photoshoots.id, draft));
    const id = await shown(userId, 'Gramophone');
    const style = await preset(userId, 'Gramophone', 'in a parlour');
    const references = await find('gramophone', userId);
    expect(await readFound(db, references)).toEqual(
      [
        { kind: 'preset', id: style, userId, title: 'Gramophone', createdAt: expect.any(Date) },
        { kind: 'photoshoot', id, userId, title: 'Gramophone', createdAt: expect.any(Date) },
      ].toSorted(
        (a, b) =>
          references.findIndex((one) => one.id === a.id) - references.findIndex((one) => one.id === b.id),
      ),
    );
    await db.update(photoshoots).set({ forgottenAt: scene.now }).where(eq(photoshoots.id, id));
    await db.delete(stylePresets).where(eq(stylePresets.id, style));
    expect(await readFound(db, references)).toEqual([]);
    expect(await find('gramophone', userId)).toEqual([]);
  });

  test('are read from the indexes', async () => {
    const userId = await scene.customer(8);
    await db.insert(stylePresets).values(
      Array.from({ length: 3000 }, (_, index) => ({
        userId,
        title: `Style ${index}`,
        prompt: 'on a table',
      })),
    );
    await db.execute(sql`analyze style_presets`);
    const plan = await db.execute(sql`explain select id from style_presets
      where (to_tsvector('russian', coalesce(title, '') || ' ' || coalesce(prompt, '')) || to_tsvector('english', coalesce(title, '') || ' ' || coalesce(prompt, ''))) @@ websearch_to_tsquery('english', 'campfire')`);
    expect(JSON.stringify(plan)).toContain('idx_style_presets_words');
  });
});
