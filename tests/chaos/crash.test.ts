/**
 * The process is killed with SIGKILL at every stage of an order: each seller is at another point, and the next start
 * goes on with all. The tests are one story. What became of credits and paid calls is asked of the database at the end,
 * when the last process has left it.
 */
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, onTestFailed, test } from 'vitest';
import { type Hold, type Person, type Sandbox, startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  photoshoots,
  pictureFiles,
  processedImages,
  providerAttempts,
} from '../../src/database/schema/index.ts';
import { loadTexts } from '../../src/texts/texts.ts';
import { botMessages, idIn, plain, textOf } from '../support/conversation.ts';
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

  /** Kills the process while requests stand at these points. */
  async function killAt(...holds: Hold[]): Promise<void> {
    await Promise.all(holds.map(({ reached }) => reached));
    await vitrine.kill();
    for (const hold of holds) hold.drop();
  }

  const newSeller = (): Person => seller({ sandbox }, 'en');
  const draft = (person: Person, pictures: number) => prepareOrder(person, photo, pictures);

  async function newDraft(pictures: number) {
    const person = newSeller();
    return { person, ...(await draft(person, pictures)) };
  }

  function keepEvidenceOfFailure(): void {
    onTestFailed(({ task }) => keepEvidence(task.name, processes));
  }

  /** One death for all of them: each seller is at another point when it comes, and the next start goes on with all. */
  describe('with sellers at every stage', () => {
    type Order = Awaited<ReturnType<typeof newDraft>>;
    let unanswered: Person;
    let recognised: Person;
    let [untold, recorded, unrecorded, unsent, halfMade, unmade]: Order[] = [];
    let payer: Person;
    let paying: ReturnType<Person['pay']>;

    beforeAll(async () => {
      const { faults } = sandbox;
      const drafts = await Promise.all([2, 2, 2, 1, 2, 2].map(newDraft));
      [untold, recorded, unrecorded, unsent, halfMade, unmade] = drafts;
      payer = newSeller();
      payer.sendText('/buy');
      const shop = await payer.waitFor((message) => idIn(message, 'buy') !== null, RESUMED);
      payer.tap(buttons(shop)[0] ?? '');
      const invoice = await payer.waitFor((message) => message.invoice !== undefined, RESUMED);

      // All that comes to a hold later waits there as well: whoever has the longest way goes first.
      const recognition = faults.hold('openai', 'responses');
      recognised = newSeller();
      await recognised.sendPhoto(photo);
      await recognition.reached;
      // The card may be sent while the product is recognised.
      await recognised.waitFor((message) => message.from?.is_bot === true, RESUMED);
      // A result, and the answer to an update.
      const messages = faults.hold('telegram', 'sendMessage', 2);
      untold?.create();
      unanswered = newSeller();
      await unanswered.sendPhoto(photo);
      await messages.reached;
      const status = faults.hold('telegram', 'deleteMessage');
      recorded?.create();
      await status.reached;
      const album = faults.holdAnswer('telegram', 'sendMediaGroup');
      unrecorded?.create();
      await album.reached;
      const single = faults.hold('telegram', 'sendPhoto');
      unsent?.create();
      await single.reached;
      faults.add('openai', { match: 'images/edits', kind: 'hang', times: 1 });
      halfMade?.create();
      await halfMade?.person.waitFor(
        (message) => textOf(message).startsWith(plain(t('status-making', { ready: 1, total: 2 }))),
        RESUMED,
      );
      // Both: a call is written down before it is made, and the kill must not come between the two.
      const pictures = faults.hold('openai', 'images/edits', 2);
      unmade?.create();
      await pictures.reached;
      const agreement = faults.hold('telegram', 'answerPreCheckoutQuery');
      paying = payer.pay(invoice.message_id);
      await agreement.reached;
      // From here on the process hears of nothing more, so not of the money either.
      const hearing = faults.holdAnswer('telegram', 'getUpdates');
      agreement.release();
      await killAt(recognition, messages, status, album, single, pictures, hearing);
      await start();
    });

    test('before an update was answered: it is answered by the next start, once', async () => {
      keepEvidenceOfFailure();
      await unanswered.waitFor((message) => idIn(message, 'place') !== null, RESUMED);
      expect(botMessages(unanswered)).toHaveLength(1);
    });

    test('while a product is recognised: it is recognised after all', async () => {
      keepEvidenceOfFailure();
      await recognised.waitFor((message) => idIn(message, 'place') !== null, RESUMED);
      expect(botMessages(recognised)).toHaveLength(1);
    });

    test('while its pictures are made: they are made again, and nothing else', () =>
      expectDelivered(unmade, {
        pictures: 2,
        albums: 1,
        paid: [
          ['open', 'succeeded'],
          ['open', 'succeeded'],
        ],
      }));

    test('when one of two pictures was made: only the other is bought again', () =>
      expectDelivered(halfMade, { pictures: 2, albums: 1, paid: [['open', 'succeeded'], ['succeeded']] }));

    test('when a picture was made and not sent: it is sent, and not bought again', () =>
      // Nobody can know that it was not sent: it may be a repeat.
      expectDelivered(unsent, { pictures: 1, albums: 1, mayBeRepeat: true, paid: [['succeeded']] }));

    test('when an album was sent and not recorded: it comes once more, says so, and costs once', () =>
      expectDelivered(unrecorded, {
        pictures: 2,
        albums: 2,
        mayBeRepeat: true,
        paid: [['succeeded'], ['succeeded']],
      }));

    test('when the delivery was recorded and its status still stands: the status goes and the result comes', () =>
      expectDelivered(recorded, { pictures: 2, albums: 1, paid: [['succeeded'], ['succeeded']] }));

    test('when the result was not told: it is told', () =>
      expectDelivered(untold, { pictures: 2, albums: 1, paid: [['succeeded'], ['succeeded']] }));

    test('between agreeing to a payment and hearing of it: the money is credited by the next start, once', async () => {
      keepEvidenceOfFailure();
      expect(await paying).toMatchObject({ status: 'paid' });
      await payer.waitFor((message) => textOf(message).includes('12 credits added, you have 20'), RESUMED);
    });
  });

  test('when an order was placed and nothing begun, and when originals were not sent: it is made, and they are sent', async () => {
    keepEvidenceOfFailure();
    const owner = await newDraft(2);
    owner.create();
    await waitForOutcome(owner.person, owner.id);
    paidCalls.set(owner.id, [['succeeded'], ['succeeded']]);
    const order = await newDraft(1);

    const originals = sandbox.faults.hold('telegram', 'sendMediaGroup');
    owner.person.tap({ data: `originals:${owner.id}` });
    await originals.reached;
    // The first that the job does, long before it buys anything: on a busy machine it may come as far as the tap.
    const work = sandbox.faults.hold('telegram', 'sendChatAction');
    const answer = sandbox.faults.hold('telegram', 'editMessage*');
    order.create();
    await killAt(originals, answer);
    work.drop();
    await start();
    await owner.person.waitFor((message) => textOf(message) === t('originals-caption'), RESUMED);
    expect(botMessages(owner.person).filter((message) => message.document !== undefined)).toHaveLength(2);
    await expectDelivered(order, { pictures: 1, albums: 1, paid: [['succeeded']] });
  });

  test('while files for a marketplace are sent: they are made again, and come once', async () => {
    keepEvidenceOfFailure();
    const { person, id, create } = await newDraft(1);
    create();
    await waitForOutcome(person, id);
    paidCalls.set(id, [['succeeded']]);
    person.tap({ data: `pack:${id}` });
    await person.waitFor((message) => textOf(message).includes(t('pack-without-sku')), RESUMED);
    person.tap({ data: `channel:${id}:ebay` });
    const make = t('button-pack-make', { files: 1 });
    await person.waitFor((message) => buttons(message).includes(make), RESUMED);
    const files = sandbox.faults.hold('telegram', 'sendDocument');
    person.tap({ data: `makepack:${id}` });
    await killAt(files);
    await start();
    const ready = plain(t('pack-ready', { files: 1, channels: 'eBay' }));
    await person.waitFor(
      (message) => message.document === undefined && textOf(message).includes(ready),
      RESUMED,
    );
    expect(botMessages(person).filter((message) => message.document !== undefined)).toHaveLength(1);
  });

  test('again and again, or with a picture that cannot be sent: nothing more is bought, and the credit is back', async () => {
    keepEvidenceOfFailure();
    const [unsendable, deadly] = [await newDraft(1), await newDraft(1)];
    const sending = sandbox.faults.hold('telegram', 'sendPhoto');
    unsendable.create();
    await sending.reached;
    const making = sandbox.faults.hold('openai', 'images/edits');
    deadly.create();
    await killAt(sending, making);
    await withDatabase(home, async (db) => {
      // Its last try, with bytes that are no picture.
      const broken = db
        .select({ id: processedImages.id })
        .from(processedImages)
        .where(eq(processedImages.photoshootId, unsendable.id));
      await db
        .update(pictureFiles)
        .set({ bytes: Uint8Array.of(1, 2, 3) })
        .where(eq(pictureFiles.pictureId, broken));
      await db.execute(
        sql`update queue.job set retry_limit = retry_count + 1
          where state = 'active' and data->>'photoshootId' = ${String(unsendable.id)}`,
      );
      // Seven more deaths, without living through them, and the half hour is over.
      const [attempt] = await db
        .select()
        .from(providerAttempts)
        .where(eq(providerAttempts.photoshootId, deadly.id))
        .orderBy(sql`${providerAttempts.id} desc`)
        .limit(1);
      if (attempt === undefined) throw new Error('no call was written down before it was made');
      const { id: _id, ...like } = attempt;
      await db.insert(providerAttempts).values(Array.from({ length: 7 }, () => like));
      await db
        .update(photoshoots)
        .set({ placedAt: sql`now() - interval '31 minutes'` })
        .where(eq(photoshoots.id, deadly.id));
    });
    await start();
    await expectFailed(unsendable);
    paidCalls.set(unsendable.id, [['succeeded']]);
    await expectFailed(deadly);
    paidCalls.set(deadly.id, [Array.from({ length: 8 }, () => 'open')]);
  });

  test('leaves books that add up: every credit moved once, and no picture was bought twice', async () => {
    keepEvidenceOfFailure();
    expect(await vitrine.stop()).toEqual({ code: 0, signal: null });
    const spending = await expectInvariants(home, 8);
    const byOrder = Map.groupBy(spending, (picture) => picture.photoshootId);
    // Side by side, so which of two was the one that hung is chance.
    const calls = new Map(
      [...byOrder].map(([id, pictures]) => [id, pictures.map((one) => one.attempts).sort()]),
    );
    expect(calls).toEqual(paidCalls);
  });

  /**
   * The album is there, at most once more and then marked, and below it the result with its buttons, once. `paid`: the
   * calls for its pictures, of which the last test asks.
   */
  async function expectDelivered(
    order: { person: Person; id: number } | undefined,
    expected: { pictures: number; albums: number; mayBeRepeat?: boolean; paid: string[][] },
  ): Promise<void> {
    keepEvidenceOfFailure();
    if (order === undefined) throw new Error('the order was not placed');
    const { person, id } = order;
    paidCalls.set(id, expected.paid);
    const result = await waitForOutcome(person, id);
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
    // Card, status and earlier results: the album and its result are all that is left, and the answer to a tap whose
    // end was not written down before the kill: it is handled again, and Telegram takes no note for it by then.
    const late = t('late-answer', { note: t('error-already-placed') });
    const words = botMessages(person).filter((message) => message.photo === undefined);
    expect(words.filter((message) => textOf(message) !== plain(late))).toEqual([result]);
  }

  async function expectFailed({ person, id }: { person: Person; id: number }): Promise<void> {
    const result = await waitForOutcome(person, id);
    expect(textOf(result)).toContain('No picture could be made');
    expect(textOf(result)).toContain('8 left');
    expect(buttons(result)).not.toContain(t('button-originals'));
  }
});
