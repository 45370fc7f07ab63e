import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { giveWelcomeCredits } from '../../../src/billing/ledger/welcome-gift.ts';
import { registerCustomer } from '../../../src/customers/register-customer.ts';
import { users } from '../../../src/database/schema/index.ts';
import { withDatabase } from '../../support/invariants.ts';
import { createHome, type Home } from '../../support/running-app.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SELLER = 4711;
let home: Home;

beforeAll(async () => {
  home = await createHome();
  const person = { id: SELLER, firstName: 'Emma', username: null, language: 'en' };
  await withDatabase(home, async (db) => {
    await registerCustomer(db, person, (tx, id) => giveWelcomeCredits(tx, id, 8));
  });
});
afterAll(() => home.remove());

function checkLedger(): Promise<{ code: number; output: string }> {
  const env = { ...process.env, NODE_ENV: 'test', LOG_LEVEL: 'silent', ...home.environment };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['start.mjs', 'tools/check-ledger.ts'],
      { cwd: ROOT, env },
      (error, stdout) => {
        resolve({ code: error === null ? 0 : Number(error.code), output: stdout });
      },
    );
  });
}

const setCredits = (credits: number) =>
  withDatabase(home, async (db) => {
    await db.update(users).set({ credits }).where(eq(users.id, SELLER));
  });

describe('npm run check:ledger', () => {
  test('ends with 0 when the books are right, and with 1 and every difference when they are not', async () => {
    expect(await checkLedger()).toEqual({ code: 0, output: 'The books are right.\n' });
    await setCredits(9);
    const { code, output } = await checkLedger();
    expect(code).toBe(1);
    expect(output.trimEnd().split('\n')).toEqual([
      'person 4711, row 4711: 9, and it should be 8 (credits of the person = sum of the ledger)',
      'person 4711, row 4711: 9, and it should be 8 (credits of the person = gifts, corrections, payments, rewards and codes, less pictures)',
      '2 differences.',
    ]);
  });
});
