/** Pictures are held against their photos, and what is found is told. */
import { describe, expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import type { PollingConfig } from '../../src/config.ts';
import { hasOpenCv } from '../../src/imaging/opencv.ts';
import {
  idIn,
  order,
  place,
  plain,
  sendProduct,
  tap,
  textOf,
  textsOf,
  waitForResult,
} from '../support/conversation.ts';
import { playScene, playSceneInTest } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const waiting =
  (waitMs: number) =>
  (config: PollingConfig): PollingConfig => ({ ...config, truthCheck: { ...config.truthCheck, waitMs } });

/** The machine may be busy: the tests wait for a verdict, and not for its time to be over. */
const WAIT_MS = 110_000;
const patient = waiting(WAIT_MS);

describe.skipIf(!hasOpenCv())('with TRUTH_CHECK=mark', () => {
  const scene = playScene({ TRUTH_CHECK: 'mark', FREE_CREDITS: '1' }, { adjust: patient, tempo: 'at-once' });

  test('a picture of the same product is safe as main photo', async () => {
    const person = seller(scene, 'ru');
    const t = textsOf(person);
    const { result } = await order(person, mug);
    expect(textOf(result)).toContain(plain(t('truth-same-as-in-photo')));
    expect(buttons(result)).toContain(t('button-more', { credits: 1 }));
  });

  test('a label that reads otherwise is told with both readings, and correcting it costs nothing', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    scene.sandbox.faults.add('openai', { match: 'responses', kind: 'misprinted' });
    const { result } = await order(person, mug);
    scene.sandbox.faults.clear();
    const reasons = t('truth-label', { photo: 'NORDEN', picture: 'NORDEM' });
    expect(textOf(result)).toContain(plain(t('truth-drifted', { reasons })));
    expect(textOf(result)).toContain(plain(t('truth-free')));
    expect(buttons(result)).toContain(t('button-more', { credits: 0 }));
  });

  test('a model that cannot read loses nothing: what pixels say is told, and the label is left to the seller', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    const card = await sendProduct(person, mug);
    scene.sandbox.faults.add('openai', { match: 'responses', kind: 'field-refused', field: 'input' });
    const result = await waitForResult(person, await place(person, card));
    scene.sandbox.faults.clear();
    expect(textOf(result)).toContain(plain(t('truth-same-not-read')));
  });

  test('of a picture in other colours it is said, and its correction costs nothing, once', async () => {
    const person = seller(scene, 'en');
    const t = textsOf(person);
    scene.sandbox.faults.add('openai', { match: 'images/edits', kind: 'recoloured', times: 1 });
    const { photoshootId, result } = await order(person, mug);
    expect(textOf(result)).toContain(plain(t('truth-drifted', { reasons: t('truth-colour') })));
    expect(textOf(result)).toContain(plain(t('truth-free')));
    // Everything that this seller had is spent.
    expect(textOf(result)).toContain(plain(t('result-credits', { used: 1, left: 0 })));

    await tap(person, t('button-change'));
    const [sent] = person.sendText('the colours as in my photo, please');
    const card = await person.waitFor(
      (message) => message.message_id > (sent?.message_id ?? 0) && idIn(message, 'place') !== null,
      { timeoutMs: WAIT_MS },
    );
    const create = t('button-create', { pictures: 1, credits: 0 });
    expect(buttons(card)).toContain(create);
    await tap(person, create);
    const corrected = await waitForResult(person, idIn(card, 'place') ?? photoshootId);
    expect(textOf(corrected)).toContain(plain(t('result-credits', { used: 0, left: 0 })));
    // Given back once: “Not right” of the first one has nothing left to give.
    const [picture] = [idIn(result, 'notright')];
    const answer = await tap(person, { data: `giveback:${picture}`, messageId: result.message_id });
    expect(answer.text).toBe(t('error-already-given-back'));
  });
});

describe.skipIf(!hasOpenCv())('with TRUTH_CHECK=redo', () => {
  const scene = playScene({ TRUTH_CHECK: 'redo' }, { adjust: patient, tempo: 'at-once' });

  /** Orders one picture of which the first `times` attempts come in other colours. */
  async function orderRecoloured(times: number) {
    const person = seller(scene, 'en');
    scene.sandbox.faults.add('openai', { match: 'images/edits', kind: 'recoloured', times });
    const { result } = await order(person, mug);
    const left = scene.sandbox.faults.rules().openai.length;
    scene.sandbox.faults.clear();
    return { t: textsOf(person), said: textOf(result), left };
  }

  test('a picture that drifted is made once more before it is shown, for the one credit', async () => {
    const { t, said } = await orderRecoloured(1);
    expect(said).toContain(plain(t('truth-same-as-in-photo')));
    expect(said).toContain(plain(t('result-credits', { used: 1, left: 7 })));
  });

  test('one that drifts again is shown with what differs, and is not made a third time', async () => {
    const { t, said, left } = await orderRecoloured(3);
    expect(said).toContain(plain(t('truth-drifted', { reasons: t('truth-colour') })));
    expect(said).toContain(plain(t('truth-free')));
    // Of three attempts that would have been spoiled one was never made.
    expect(left).toBe(1);
  });
});

describe.skipIf(!hasOpenCv())('with TRUTH_CHECK=mark and no time for it', () => {
  test('the pictures and their result come all the same, and nothing is said of what was not measured', async () => {
    const scene = await playSceneInTest({ TRUTH_CHECK: 'mark' }, { adjust: waiting(1) });
    const person = seller(scene, 'en');
    const t = textsOf(person);
    scene.sandbox.faults.add('openai', { match: 'images/edits', kind: 'recoloured', times: 1 });
    const { result } = await order(person, mug);
    expect(textOf(result)).toContain(plain(t('result-ready', { delivered: 1 })));
    expect(textOf(result)).not.toMatch(/✅|🔎/u);
    expect(buttons(result)).toContain(t('button-more', { credits: 1 }));
  });
});
