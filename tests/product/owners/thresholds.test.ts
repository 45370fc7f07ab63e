/** Thresholds that owners and their tools change: each change keeps the others, and is written down. */
import { desc, eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import { RULE_NAMES, thresholdsWith } from '../../../src/alerts/thresholds.ts';
import { ownerActions, settings } from '../../../src/database/schema/index.ts';
import { changeThresholds } from '../../../src/owners/change-thresholds.ts';
import { readSetting } from '../../../src/owners/settings.ts';
import { openFileScene } from '../../support/scene.ts';
import { ADMIN } from '../billing/till.ts';

const scene = await openFileScene();
const { db } = scene;
const change = (changes: Parameters<typeof changeThresholds>[1]['changes']) =>
  changeThresholds(db, { by: ADMIN, changes }, scene.now);
const acts = () =>
  db
    .select({ by: ownerActions.actorId, before: ownerActions.before, after: ownerActions.after })
    .from(ownerActions)
    .where(eq(ownerActions.act, 'set-thresholds'))
    .orderBy(desc(ownerActions.id));

beforeEach(async () => {
  await db.delete(settings);
});

test('changes of different thresholds at the same moment are all kept', async () => {
  const changed = RULE_NAMES.map((name) => ({ [name]: { warning: 51, critical: null } }));
  await Promise.all(changed.map(change));
  const kept = thresholdsWith(await readSetting(db, 'thresholds', scene.now));
  expect(Object.values(kept)).toEqual(RULE_NAMES.map(() => ({ warning: 51, critical: null })));
});

test('an act says what is other than before; the same again is none', async () => {
  const before = (await acts()).length;
  const now = await change({ cpu: { warning: 60, critical: 95 }, disk: { warning: 80, critical: 95 } });
  expect(now).toMatchObject({ cpu: { warning: 60, critical: 95 }, memory: { warning: 80, critical: 95 } });
  expect(await change({ cpu: { warning: 60, critical: 95 } })).toEqual(now);
  const [act, ...older] = await acts();
  expect(older).toHaveLength(before);
  expect(act).toEqual({
    by: ADMIN,
    before: { set: false, 'cpu.warning': 80, 'cpu.critical': 95 },
    after: { set: true, 'cpu.warning': 60, 'cpu.critical': 95 },
  });
});
