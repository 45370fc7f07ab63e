/**
 * The process is killed with SIGKILL at every stage of an order. The tests are one story: each seller's order
 * dies at another point, and the next start goes on with it. What became of credits and paid calls is asked
 * of the database at the end, when the last process has left it.
 */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  photoshoots,
  pictureFiles,
  processedImages,
  providerAttempts,
} from '../../src/database/schema/index.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { botMessages, idIn, textOf } from '../support/conversation.ts';
import { expectInvariants, withDatabase } from '../support/invariants.ts';
import { prepareOrder, RESUMED, waitForOutcome } from '../support/process-stage.ts';
import { createHome, type Home, silentLog } from '../support/running-app.ts';
import { buttons, seller } from '../support/seller.ts';
import { connectedTo, keepEvidence, startVitrine, type VitrineProcess } from '../support/vitrine-process.ts';

const t = loadTexts().in('en');

describe('Vitrine, killed at any moment', () => {
  let sandbox: Sandbox;
  let home: Home;
  let vitrine: VitrineProcess;
  let photo: Uint8Array;
  const processes: VitrineProcess[] = [];
  /** What each order must have cost: the paid calls of its pictures, in alphabetical order. */
  const paidCalls = new Map<number, string[][]>();

  beforeAll(async () => {
    photo = await sampleProductPhoto();
    sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'hasty' });
    home = await createHome();
    await start();
  });
  afterAll(async () => {
    await vitrine.killUnnoticed();
    await sandbox.stop();
    await home.remove();
  });

  async function start(): Promise<void> {
    vitrine = await startVitrine({ ...home.environment, ...connectedTo(sandbox) });
    processes.push(vitrine);
  }

  /** Kills the process when a request stands at this point, and starts the next one. */
  async function killAt(hold: { reached: Promise<void>; drop(): void }): Promise<void> {
    await hold.reached;
    await vitrine.kill();
    hold.drop();
    await start();
  }

  function newSeller(): Person {
    onTestFailed(({ task }) => keepEvidence(task.name, processes));
    return seller({ sandbox }, 'en');
  }

  const draft = (person: Person, pictures: number) => prepareOrder(person, photo, pictures);

  test('before an update was answered: it is answered by the next start, once', async () => {
    const emma = newSeller();
    const hold = sandbox.faults.hold('telegram', 'sendMessage');
    await emma.sendPhoto(photo);
    await killAt(hold);
    await emma.waitFor((message) => idIn(message, 'place') !== null, RESUMED);
    expect(botMessages(emma)).toHaveLength(1);
  });

  test('while a product is recognised: it is recognised after all', async () => {
    const emma = newSeller();
    const hold = sandbox.faults.hold('openai', 'responses');
    await emma.sendPhoto(photo);
    await killAt(hold);
    await emma.waitFor((message) => idIn(message, 'place') !== null, RESUMED);
    expect(botMessages(emma)).toHaveLength(1);
  });

  test('when an order was placed and nothing begun: it is made', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 1);
    // The first that the job does, long before it buys anything: on a busy machine it may come as far as the tap.
    const work = sandbox.faults.hold('telegram', 'sendChatAction');
    const answer = sandbox.faults.hold('telegram', 'editMessage*');
    create();
    await killAt({
      reached: answer.reached,
      drop() {
        answer.drop();
        work.drop();
      },
    });
    await expectDelivered(emma, id, { pictures: 1, albums: 1 });
    paidCalls.set(id, [['succeeded']]);
  });

  test('while its pictures are made: they are made again, and nothing else', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 2);
    // Both: a call is written down before it is made, and the kill must not come between the two.
    const hold = sandbox.faults.hold('openai', 'images/edits', 2);
    create();
    await killAt(hold);
    await expectDelivered(emma, id, { pictures: 2, albums: 1 });
    paidCalls.set(id, [
      ['open', 'succeeded'],
      ['open', 'succeeded'],
    ]);
  });

  test('when one of two pictures was made: only the other is bought again', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 2);
    sandbox.faults.add('openai', { match: 'images/edits', kind: 'hang', times: 1 });
    create();
    await emma.waitFor((message) => textOf(message).includes('picture 2 of 2'), RESUMED);
    await killAt({ reached: Promise.resolve(), drop() {} });
    await expectDelivered(emma, id, { pictures: 2, albums: 1 });
    paidCalls.set(id, [['open', 'succeeded'], ['succeeded']]);
  });

  test('when a picture was made and not sent: it is sent, and not bought again', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 1);
    const hold = sandbox.faults.hold('telegram', 'sendPhoto');
    create();
    await killAt(hold);
    // Nobody can know that it was not sent: it may be a repeat.
    await expectDelivered(emma, id, { pictures: 1, albums: 1, mayBeRepeat: true });
    paidCalls.set(id, [['succeeded']]);
  });

  test('when an album was sent and not recorded: it comes once more, says so, and costs once', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 2);
    const hold = sandbox.faults.holdAnswer('telegram', 'sendMediaGroup');
    create();
    await killAt(hold);
    await expectDelivered(emma, id, { pictures: 2, albums: 2, mayBeRepeat: true });
    paidCalls.set(id, [['succeeded'], ['succeeded']]);
  });

  test('when the delivery was recorded and its status still stands: the status goes and the result comes', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 2);
    const hold = sandbox.faults.hold('telegram', 'deleteMessage');
    create();
    await killAt(hold);
    await expectDelivered(emma, id, { pictures: 2, albums: 1 });
    paidCalls.set(id, [['succeeded'], ['succeeded']]);
  });

  test('when the result was not told: it is told, and its originals are sent by the next start', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 2);
    const hold = sandbox.faults.hold('telegram', 'sendMessage');
    create();
    await killAt(hold);
    await expectDelivered(emma, id, { pictures: 2, albums: 1 });
    paidCalls.set(id, [['succeeded'], ['succeeded']]);

    const originals = sandbox.faults.hold('telegram', 'sendMediaGroup');
    emma.tap({ data: `originals:${id}` });
    await killAt(originals);
    await emma.waitFor((message) => textOf(message) === t('originals-caption'), RESUMED);
    expect(botMessages(emma).filter((message) => message.document !== undefined)).toHaveLength(2);
  });

  test('again and again while a picture is made: it is bought no more, and ends with its half hour', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 1);
    const hold = sandbox.faults.hold('openai', 'images/edits');
    create();
    await hold.reached;
    await vitrine.kill();
    hold.drop();
    // Seven more deaths, without living through them.
    await withDatabase(home, async (db) => {
      const [attempt] = await db
        .select()
        .from(providerAttempts)
        .where(eq(providerAttempts.photoshootId, id))
        .orderBy(sql`${providerAttempts.id} desc`)
        .limit(1);
      if (attempt === undefined) throw new Error('no call was written down before it was made');
      const { id: _id, ...like } = attempt;
      await db.insert(providerAttempts).values(Array.from({ length: 7 }, () => like));
      await db
        .update(photoshoots)
        .set({ placedAt: sql`now() - interval '31 minutes'` })
        .where(eq(photoshoots.id, id));
    });
    await start();
    await expectFailed(emma, id);
    paidCalls.set(id, [Array.from({ length: 8 }, () => 'open')]);
  });

  test('with a picture that cannot be sent: after its last try the credit is back', async () => {
    const emma = newSeller();
    const { id, create } = await draft(emma, 1);
    const hold = sandbox.faults.hold('telegram', 'sendPhoto');
    create();
    await hold.reached;
    await vitrine.kill();
    hold.drop();
    await withDatabase(home, async (db) => {
      const broken = db
        .select({ id: processedImages.id })
        .from(processedImages)
        .where(eq(processedImages.photoshootId, id));
      await db
        .update(pictureFiles)
        .set({ bytes: Uint8Array.of(1, 2, 3) })
        .where(eq(pictureFiles.pictureId, broken));
      await db.execute(sql`update queue.job set retry_limit = retry_count + 1 where state = 'active'`);
    });
    await start();
    await expectFailed(emma, id);
    paidCalls.set(id, [['succeeded']]);
  });

  test('between agreeing to a payment and hearing of it: the money is credited by the next start, once', async () => {
    const emma = newSeller();
    emma.sendText('/buy');
    const shop = await emma.waitFor((message) => idIn(message, 'buy') !== null, RESUMED);
    emma.tap(buttons(shop)[0] ?? '');
    const invoice = await emma.waitFor((message) => message.invoice !== undefined, RESUMED);
    const hold = sandbox.faults.holdAnswer('telegram', 'answerPreCheckoutQuery');
    const paying = emma.pay(invoice.message_id);
    await killAt(hold);
    expect(await paying).toMatchObject({ status: 'paid' });
    await emma.waitFor((message) => textOf(message).includes('12 pictures added, you have 20'), RESUMED);
  });

  test('leaves books that add up: every credit moved once, and no picture was bought twice', async () => {
    onTestFailed(({ task }) => keepEvidence(task.name, processes));
    expect(await vitrine.stop()).toEqual({ code: 0, signal: null });
    const spending = await expectInvariants(home, 8);
    const byOrder = Map.groupBy(spending, (picture) => picture.photoshootId);
    // Side by side, so which of two was the one that hung is chance.
    const calls = new Map(
      [...byOrder].map(([id, pictures]) => [id, pictures.map((one) => one.attempts).sort()]),
    );
    expect(calls).toEqual(paidCalls);
  });

  /** The album is there, at most once more and then marked, and below it the result with its buttons, once. */
  async function expectDelivered(
    person: Person,
    photoshootId: number,
    expected: { pictures: number; albums: number; mayBeRepeat?: boolean },
  ): Promise<void> {
    const result = await waitForOutcome(person, photoshootId);
    expect(textOf(result)).toContain(expected.pictures === 1 ? '1 credit used' : '2 credits used');
    expect(buttons(result)).toContain(t('button-originals'));
    const captions = botMessages(person)
      .filter((message) => message.photo !== undefined)
      .map((message) => message.caption ?? '');
    const marked = captions.map((caption) => caption.includes(t('result-repeat')));
    const album = Array.from({ length: expected.pictures }, () => false);
    const lastAlbum = album.with(0, expected.mayBeRepeat ?? false);
    expect(marked).toEqual([
      ...Array.from({ length: expected.albums - 1 }, () => album).flat(),
      ...lastAlbum,
    ]);
    // Card, status and earlier results: the album and its result are all that is left.
    expect(botMessages(person).filter((message) => message.photo === undefined)).toEqual([result]);
  }

  async function expectFailed(person: Person, photoshootId: number): Promise<void> {
    const result = await waitForOutcome(person, photoshootId);
    expect(textOf(result)).toContain('No picture could be made');
    expect(textOf(result)).toContain('8 left');
    expect(buttons(result)).not.toContain(t('button-originals'));
  }
});
