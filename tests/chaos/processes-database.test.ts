/** A PostgreSQL server that goes away and comes back, under the feet of a running process. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { describe, expect, type TestContext, test } from 'vitest';
import { textOf } from '../support/conversation.ts';
import { expectInvariants, waitForPaidCalls } from '../support/invariants.ts';
import { findPostgres, type PostgresServer, startPostgres } from '../support/postgres-server.ts';
import { openProcessStage, photosSent, RESUMED, waitForOutcome } from '../support/process-stage.ts';
import type { Home } from '../support/running-app.ts';

const ORDERS = 5;

describe('a database that is cut off', () => {
  test('under load is missed, and nothing that was paid for meanwhile is lost or bought again', async (context) => {
    const { server, home } = await openServer(context);
    const stage = await openProcessStage(context, home);
    const vitrine = await stage.start();
    const sellers = Array.from({ length: ORDERS }, () => stage.newSeller());
    const orders = await Promise.all(
      sellers.map(async (person) => ({ person, ...(await stage.prepareOrder(person)) })),
    );
    const hold = stage.sandbox.faults.hold('openai', 'images/edits');
    for (const order of orders) order.create();
    const [first] = orders;
    if (first === undefined) throw new Error('there are orders');
    await waitForPaidCalls(home, (states) => states.length === ORDERS);

    await server.crash();
    hold.release();
    const asked = first.person.lastMessage()?.message_id ?? 0;
    first.person.sendText('/balance');
    // A picture has come, and there is no place to keep it.
    await vitrine.says('"purpose":"keep a picture"');
    await server.start();

    await Promise.all(orders.map(({ person, id }) => waitForOutcome(person, id)));
    await first.person.waitFor((message) => textOf(message).includes('credits'), {
      ...RESUMED,
      after: asked,
    });
    expect(await vitrine.stop()).toEqual({ code: 0, signal: null });
    // Of all that failed, nothing was logged that belongs to people: neither their words nor their names.
    expect(vitrine.output()).toContain('a query failed');
    expect(vitrine.output()).not.toMatch(/Failed query|\/balance|Emma/);
    expect(photosSent(stage.sandbox)).toBe(ORDERS);
    const spending = await expectInvariants(stage.home, 1);
    expect(spending.map((picture) => picture.state)).toEqual(
      Array.from({ length: ORDERS }, () => 'delivered'),
    );
  });
});

/** A server of the test's own, with an empty database on it. */
async function openServer({ onTestFinished }: TestContext): Promise<{ server: PostgresServer; home: Home }> {
  const binaries = findPostgres();
  if (binaries === null) throw new Error('no PostgreSQL server is installed');
  const server = await startPostgres(binaries);
  onTestFinished(() => server.stop());
  const admin = postgres(server.url('postgres'), { max: 1 });
  await admin`create database shop`;
  await admin.end();
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-cut-off-'));
  const home: Home = {
    environment: { DATA_DIR: folder, DATABASE_URL: server.url('shop') },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
  return { server, home };
}
