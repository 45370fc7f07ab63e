/** The load test itself, with a handful of sellers: what it says must be true on a busy machine as well. */
import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { openShop } from '../../bench/support/shop.ts';
import { type LoadPlan, runLoad, type Section } from '../../tools/load/run-load.ts';
import { createServerDatabase } from '../support/database.ts';
import '../support/provided.ts';

const source = inject('testDatabase');
const TOKEN = 'an-owners-token-of-the-load-test';

async function load(plan: Partial<LoadPlan>): Promise<readonly Section[]> {
  if (source.kind !== 'server') throw new Error('the server was asked for');
  const { url, drop } = await createServerDatabase(source.url);
  onTestFinished(drop);
  const faultShare = plan.faultShare ?? 0;
  const settings = {
    LOG_LEVEL: 'silent',
    FREE_CREDITS: '1000',
    ADMIN_API_TOKEN: TOKEN,
    PERFORMANCE_INTERVAL: '1',
    CIRCUIT_RESET_TIMEOUT: '5',
  };
  const shop = await openShop(url, settings, { providerMs: 50, faultShare });
  onTestFinished(() => shop.close());
  const usual = { users: 8, photosEach: 2, withinMs: 500, repeatShare: 0, faultShare: 0 };
  const target = { appUrl: shop.app.hello.url, databaseUrl: url, token: TOKEN };
  return runLoad(shop, target, { ...usual, ...plan });
}

const found = (sections: readonly Section[], start: string) =>
  sections.flatMap(({ findings }) => findings).filter(({ what }) => what.startsWith(start));

describe('a load test', () => {
  test('says what was lost, whose balance is wrong, what limits let through and what caches saved', async () => {
    const sections = await load({ repeatShare: 0.75 });
    expect(sections.map(({ title }) => title)).toEqual(['Concurrency', 'Limits', 'Caches', 'HTTP']);
    expect(found(sections, 'orders that were delivered')).toMatchObject([{ measured: '100.0 %', ok: true }]);
    expect(found(sections, 'pictures that were lost')).toMatchObject([{ measured: '0', ok: true }]);
    expect(found(sections, 'wrong balances')).toMatchObject([{ measured: '0', ok: true }]);
    expect(found(sections, 'recognitions avoided')).toMatchObject([{ measured: '75.0 %', ok: true }]);
    expect(found(sections, 'answers to')).toMatchObject([{ ok: true }, { ok: true }]);
    expect(found(sections, 'of one stranger')).toMatchObject([{ measured: '5', ok: true }]);
  });

  test('with a provider that fails in three of ten answers delivers all the same', async () => {
    const sections = await load({ faultShare: 0.3 });
    expect(found(sections, 'orders that were delivered')).toMatchObject([{ limit: '≥ 99.0 %', ok: true }]);
    expect(found(sections, 'wrong balances')).toMatchObject([{ ok: true }]);
    expect(found(sections, 'somebody waited in vain')).toEqual([]);
  });
});
