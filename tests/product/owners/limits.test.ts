/** Limits that owners set for a while: each change keeps the others, ends by itself, and is written down. */
import { desc, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { ownerActions, settings } from '../../../src/database/schema/index.ts';
import { type ChangedLimits, changeLimits, readLimits } from '../../../src/owners/change-limits.ts';
import { LIMIT_NAMES } from '../../../src/resilience/rate-limits.ts';
import { openFileScene } from '../../support/scene.ts';
import { ADMIN } from '../billing/till.ts';

const scene = await openFileScene();
const { db, now } = scene;
const change = (changes: ChangedLimits, at = now) => changeLimits(db, { by: ADMIN, changes }, at);
const after = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const acts = () =>
  db
    .select({ by: ownerActions.actorId, before: ownerActions.before, after: ownerActions.after })
    .from(ownerActions)
    .where(eq(ownerActions.act, 'set-limit'))
    .orderBy(desc(ownerActions.id));

beforeEach(async () => {
  await db.delete(settings);
});

test('changes of different limits at the same moment are all kept', async () => {
  await Promise.all(LIMIT_NAMES.map((name) => change({ [name]: { most: 3, minutes: 60 } })));
  const set = { most: 3, until: after(60) };
  expect(await readLimits(db, now)).toEqual(Object.fromEntries(LIMIT_NAMES.map((name) => [name, set])));
});

test('each ends at its own time, and the others go on', async () => {
  await change({ messages: { most: 3, minutes: 10 }, photoshoots: { most: 4, minutes: 20 } });
  expect(Object.keys(await readLimits(db, new Date(after(10).getTime() - 1)))).toEqual([
    'messages',
    'photoshoots',
  ]);
  expect(await readLimits(db, after(10))).toEqual({ photoshoots: { most: 4, until: after(20) } });
  expect(await readLimits(db, after(20))).toEqual({});
});

test('an act says what is other than before, also that it is as usual again; nothing changed is none', async () => {
  const before = (await acts()).length;
  await change({ messages: { most: 3, minutes: 10 } });
  await change({ messages: { most: 3, minutes: 10 } });
  expect(await change({ messages: null, requests: null })).toEqual({});
  const until = after(10).toISOString();
  expect((await acts()).slice(0, -before || undefined)).toEqual([
    {
      by: ADMIN,
      before: { set: true, messages: 3, 'messages.until': until },
      after: { set: true, messages: null, 'messages.until': null },
    },
    {
      by: ADMIN,
      before: { set: false, messages: null, 'messages.until': null },
      after: { set: true, messages: 3, 'messages.until': until },
    },
  ]);
});
