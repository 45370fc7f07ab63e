import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type {
  Conversion,
  ConversionUpload,
  UploadOutcome,
} from '../../../src/analytics/conversion-upload.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import type { DatabaseHandle } from '../../../src/database/client.ts';
import { attributions, events } from '../../../src/database/schema/index.ts';
import { createLog } from '../../../src/log.ts';
import { uploadConversions } from '../../../src/pipeline/upload-conversions.ts';
import { openTestDatabase } from '../../support/database.ts';

const now = new Date('2026-03-01T12:00:00Z');
const DAY_MS = 86_400_000;
const log = createLog({ level: 'silent', pretty: false });
const never = new AbortController().signal;

let database: DatabaseHandle;
let lastId = 0;

beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  await database.db.delete(events);
});

/** An endpoint that keeps what it accepts, and answers as told in turn; at the end it accepts. */
function endpoint(...outcomes: (UploadOutcome | Error)[]) {
  const taken: Conversion[] = [];
  const sizes: number[] = [];
  const upload: ConversionUpload = {
    async upload(conversions) {
      sizes.push(conversions.length);
      const outcome = outcomes.shift() ?? { kind: 'accepted' };
      if (outcome instanceof Error) throw outcome;
      if (outcome.kind === 'accepted') taken.push(...conversions);
      return outcome;
    },
    close: async () => {},
  };
  return { upload, taken, sizes };
}

async function person(clickId: string | null): Promise<number> {
  const id = ++lastId;
  await registerCustomer(
    database.db,
    { id, firstName: 'Seller', username: null, language: 'en' },
    async (tx) => {
      await tx.insert(attributions).values({ userId: id, source: 'yandex', clickId });
    },
  );
  return id;
}

async function happened(
  userId: number,
  kind: 'start' | 'first-picture' | 'paid',
  about: object = {},
): Promise<void> {
  await database.db
    .insert(events)
    .values({ userId, kind, key: `${kind}:${userId}`, createdAt: now, ...about });
}

const run = (to: { upload: ConversionUpload }) =>
  uploadConversions({ db: database.db, upload: to.upload, log }, now, never);

describe('conversions', () => {
  test('that came of a click are uploaded once, with the price where it has a currency of the world', async () => {
    const [clicked, unclicked] = [await person('77'), await person(null)];
    await happened(clicked, 'first-picture');
    await happened(clicked, 'paid', { key: 'paid:1', amount: 19_900, currency: 'RUB' });
    await happened(clicked, 'paid', { key: 'paid:2', amount: 99, currency: 'XTR' });
    await happened(unclicked, 'start');
    const metrika = endpoint();
    expect(await run(metrika)).toBe(3);
    expect(metrika.taken).toEqual([
      { goal: 'first_picture', at: now, clickId: '77', price: null },
      { goal: 'paid', at: now, clickId: '77', price: { amount: '199.00', currency: 'RUB' } },
      { goal: 'paid', at: now, clickId: '77', price: null },
    ]);
    expect(await run(metrika)).toBe(0);
    expect(metrika.sizes).toEqual([3]);
  });

  test('that are too old to be linked to a visit are not uploaded', async () => {
    await happened(await person('1'), 'start', { createdAt: new Date(now.getTime() - 21 * DAY_MS) });
    await happened(await person('2'), 'start', { createdAt: new Date(now.getTime() - 21 * DAY_MS - 1) });
    const metrika = endpoint();
    expect(await run(metrika)).toBe(1);
    expect(metrika.taken).toMatchObject([{ clickId: '1' }]);
  });

  test.each<[string, UploadOutcome]>([
    ['refused', { kind: 'refused', reason: 'status 403' }],
    ['lost on the way', { kind: 'unreachable', reason: 'ECONNRESET' }],
  ])('that were %s are uploaded the next time', async (_name, outcome) => {
    await happened(await person('1'), 'start');
    const metrika = endpoint(outcome);
    expect(await run(metrika)).toBe(0);
    expect(await run(metrika)).toBe(1);
    expect(metrika.taken).toHaveLength(1);
  });

  test('are handed back when the process is told to stop', async () => {
    await happened(await person('1'), 'start');
    const metrika = endpoint(new Error('the process stops'));
    await expect(run(metrika)).rejects.toThrow('the process stops');
    expect(await run(metrika)).toBe(1);
  });

  test('are uploaded once when several processes do it at once, and in batches', async () => {
    const userId = await person('1');
    const many = Array.from({ length: 2500 }, (_, n) => ({
      userId,
      kind: 'paid' as const,
      key: `paid:many:${n}`,
      createdAt: new Date(now.getTime() - n),
    }));
    await database.db.insert(events).values(many);
    const metrika = endpoint();
    const uploaded = await Promise.all([run(metrika), run(metrika), run(metrika)]);
    expect(uploaded.reduce((sum, one) => sum + one, 0)).toBe(2500);
    expect(new Set(metrika.taken.map((one) => one.at.getTime())).size).toBe(2500);
    expect(Math.max(...metrika.sizes)).toBeLessThanOrEqual(1000);
  });
});
