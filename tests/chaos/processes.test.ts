/** Several processes on one PostgreSQL server, behind one webhook: nothing twice, nothing lost, whoever dies. */
import postgres from 'postgres';
import { describe, expect, type TestContext, test, vi } from 'vitest';
import type { Person } from '../../sandbox/index.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { botMessages, idIn } from '../support/conversation.ts';
import { openFrontDoor } from '../support/front-door.ts';
import { expectInvariants, waitForEmptyInbox, waitForPaidCalls } from '../support/invariants.ts';
import {
  openProcessStage,
  type PreparedOrder,
  photosSent,
  waitForOutcome,
} from '../support/process-stage.ts';
import { createHome, type Home } from '../support/running-app.ts';
import type { VitrineProcess } from '../support/vitrine-process.ts';

const SECRET = 'a-secret-of-the-front-door';
const WELL = { code: 0, signal: null };
const WORKERS = 3;
const REPEAT = loadTexts().in('en')('result-repeat');

describe('two processes on one database', { concurrent: true }, () => {
  test('that start together on an empty one make twenty orders once, though one of them is killed', async (context) => {
    const cluster = await openCluster(context);
    const [first, second] = await Promise.all([cluster.join(), cluster.join()]);
    const sellers = Array.from({ length: 10 }, () => cluster.newSeller());
    const ordersOf = async (person: Person) => {
      const orders = [await cluster.prepareOrder(person), await cluster.prepareOrder(person)];
      return orders.map((order) => ({ person, ...order }));
    };
    const orders = (await Promise.all(sellers.map(ordersOf))).flat();
    const hold = cluster.sandbox.faults.hold('openai', 'images/edits');
    for (const order of orders) order.create();
    // Both work on as many orders as they can.
    await waitForPaidCalls(cluster.home, (states) => states.length === 2 * WORKERS);
    // So that the dead one leaves its orders and nothing else.
    await waitForEmptyInbox(cluster.home);
    await first.kill();
    hold.release();
    await Promise.all(orders.map(({ person, id }) => waitForOutcome(person, id)));

    expect(await second.stop()).toEqual(WELL);
    expect(photosSent(cluster.sandbox)).toBe(orders.length);
    for (const person of sellers) expect(outcomes(person)).toHaveLength(2);
    const spending = await expectInvariants(cluster.home, 2);
    expect(spending.filter((picture) => picture.state === 'delivered')).toHaveLength(orders.length);
    // Only what the dead one had in hand was bought again.
    const boughtTwice = spending.filter((picture) => picture.attempts.length > 1);
    expect(boughtTwice.map((picture) => picture.attempts)).toEqual(
      Array.from({ length: WORKERS }, () => ['open', 'succeeded']),
    );
  });

  test('that get a tap on Create each, at the same moment, place it once', async (context) => {
    const cluster = await openCluster(context);
    const processes = await Promise.all([cluster.join(), cluster.join()]);
    const emma = cluster.newSeller();
    for (let round = 1; round <= 4; round++) {
      const order = await cluster.prepareOrder(emma);
      const taps = processes.map((vitrine, index) => bring(vitrine, 2 * round + index, emma, order));
      expect(await Promise.all(taps)).toEqual([200, 200]);
      await waitForOutcome(emma, order.id);
    }
    // The second tap is taken over when the chat is free, up to a beat after its order was made.
    await waitForEmptyInbox(cluster.home);
    for (const vitrine of processes) expect(await vitrine.stop()).toEqual(WELL);
    expect(outcomes(emma)).toHaveLength(4);
    expect(photosSent(cluster.sandbox)).toBe(4);
    await expectInvariants(cluster.home, 1);
  });

  test('of which one was frozen and comes back while the other has its order: it changes nothing', async (context) => {
    const cluster = await openCluster(context);
    const frozen = await cluster.join();
    const emma = cluster.newSeller();
    const order = await cluster.prepareOrder(emma);
    const { faults } = cluster.sandbox;
    const ofFrozen = faults.hold('openai', 'images/edits');
    order.create();
    await ofFrozen.reached;
    frozen.send('SIGSTOP');
    cluster.leave(frozen);
    // Its picture is on the way to it; the other's is not yet made.
    ofFrozen.release();
    const ofOther = faults.hold('openai', 'images/edits');
    const other = await cluster.join();
    await ofOther.reached;

    frozen.send('SIGCONT');
    await waitForPaidCalls(cluster.home, ([first]) => first === 'succeeded');
    // When it has stopped it has done with that picture whatever it does.
    expect(await frozen.stop()).toEqual(WELL);
    expect(photosSent(cluster.sandbox)).toBe(0);
    expect(outcomes(emma)).toEqual([]);

    ofOther.release();
    await waitForOutcome(emma, order.id);
    // What the frozen one had not written down of its updates is the other's.
    await waitForEmptyInbox(cluster.home);
    expect(await other.stop()).toEqual(WELL);
    expect(outcomes(emma)).toHaveLength(1);
    expect(photosSent(cluster.sandbox)).toBe(1);
    const spending = await expectInvariants(cluster.home, 2);
    expect(spending.map((picture) => picture.attempts)).toEqual([['succeeded', 'succeeded']]);
  });

  test.for([
    ['the album', 'sendPhoto'],
    ['the result', 'sendMessage'],
  ] as const)(
    'of which one is frozen while %s waits for Telegram: the other sends it, once and unmarked',
    async ([_, method], context) => {
      const cluster = await openCluster(context);
      const frozen = await cluster.join();
      const emma = cluster.newSeller();
      const order = await cluster.prepareOrder(emma);
      const { faults } = cluster.sandbox;
      const making = faults.hold('openai', 'images/edits');
      order.create();
      await making.reached;
      faults.add('telegram', { match: method, kind: '429', retryAfter: 6, times: 1 });
      making.release();
      await cluster.sandbox.journal.waitFor((call) => call.method === method && call.code === 429, {
        timeoutMs: 90_000,
      });
      // Whoever waits holds nothing: the order is the next job's.
      await waitForDeferredJob(cluster.home, context);
      frozen.send('SIGSTOP');
      cluster.leave(frozen);
      const other = await cluster.join();
      await waitForOutcome(emma, order.id);
      frozen.send('SIGCONT');

      expect(await frozen.stop()).toEqual(WELL);
      await waitForEmptyInbox(cluster.home);
      expect(await other.stop()).toEqual(WELL);
      expect(photosSent(cluster.sandbox)).toBe(1);
      expect(outcomes(emma)).toHaveLength(1);
      expect(botMessages(emma).filter((message) => message.caption?.includes(REPEAT))).toEqual([]);
      await expectInvariants(cluster.home, 2);
    },
  );
});

async function waitForDeferredJob(home: Home, { onTestFinished }: TestContext): Promise<void> {
  const client = postgres(home.environment.DATABASE_URL ?? '', { max: 1, onnotice: () => {} });
  onTestFinished(() => client.end());
  const isDeferred = async () => {
    const jobs = await client`select from queue.job where name = 'run-photoshoot' and state = 'created'`;
    expect(jobs).toHaveLength(1);
  };
  await vi.waitFor(isDeferred, { timeout: 30_000, interval: 20 });
}

/** Processes that share an empty database, and the address at which Telegram reaches them all. */
async function openCluster(context: TestContext) {
  const door = await openFrontDoor();
  const home = await emptyHome();
  const stage = await openProcessStage(context, home);
  context.onTestFinished(() => door.close());
  const environment = {
    PUBLIC_URL: door.url,
    WEBHOOK_SECRET: SECRET,
    ASYNC_WORKERS: String(WORKERS),
  };
  return {
    ...stage,
    /** Starts a process, which gets updates from then on. */
    async join(): Promise<VitrineProcess> {
      const vitrine = await stage.start(environment);
      door.targets.push(vitrine.url);
      return vitrine;
    },
    /** Takes a process from behind the door, as a load balancer does with one that does not answer. */
    leave(vitrine: VitrineProcess): void {
      door.targets.splice(door.targets.indexOf(vitrine.url), 1);
    },
  };
}

/** A home whose database nobody has migrated yet. */
async function emptyHome(): Promise<Home> {
  const home = await createHome();
  const client = postgres(home.environment.DATABASE_URL ?? '', { max: 1, onnotice: () => {} });
  await client`drop schema public, drizzle, queue cascade`;
  await client`create schema public`;
  await client.end();
  return home;
}

/** Brings a tap to one process, past the door. @returns the status of its answer */
async function bring(
  vitrine: VitrineProcess,
  number: number,
  person: Person,
  { tap }: PreparedOrder,
): Promise<number> {
  const chat = { id: person.id, type: 'private', first_name: person.persona.first_name };
  const update = {
    // Far from the sandbox's own.
    update_id: 2_000_000_000 + number,
    callback_query: {
      id: `brought-${number}`,
      from: person.persona,
      message: { message_id: tap.messageId, date: 1, chat },
      chat_instance: '1',
      data: tap.data,
    },
  };
  const answer = await fetch(`${vitrine.url}/telegram/updates`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-telegram-bot-api-secret-token': SECRET },
    body: JSON.stringify(update),
  });
  return answer.status;
}

const outcomes = (person: Person) => botMessages(person).filter((message) => idIn(message, 'again') !== null);
