/**
 * Any provider by configuration: what an endpoint answers, and what the seller and the owner then read. Each case is
 * one order at a fresh circuit, with the rules that spoil its calls.
 */
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type FaultRule, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import type { AiEndpoint } from '../../src/config.ts';
import { HOUSE_STYLES } from '../../src/photoshoots/styles/house-styles.ts';
import { fallbackStyles } from '../../src/screens/fallback-styles.ts';
import {
  ask,
  botMessages,
  order,
  place,
  plain,
  sendProduct,
  textOf,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');

const EDITS = 'images/edits';
const CHAT = 'chat/completions';
/** Nothing of an owner's messages but what is about providers. */
const ALERT = /^(?:⚠️|✅|📅)/u;

function playStage(
  overrides: Record<string, string>,
  adjust: (endpoint: AiEndpoint) => AiEndpoint = (endpoint) => endpoint,
) {
  const scene = playScene(
    { RETRY_BASE_DELAY: '0', CIRCUIT_FAILURE_THRESHOLD: '100', ...overrides },
    {
      adjust: (config) => ({ ...config, aiEndpoints: [adjust(config.aiEndpoints[0])] }),
      // What the owners are told stands in the log as well.
      expected: { errors: /^(no model takes what is asked of it|the provider does no work for us)/ },
    },
  );
  let admin: Person;
  beforeAll(async () => {
    admin = scene.sandbox.people.of(ADMIN_ID);
    await ask(admin, '/start', textsOf(admin)('start-sample'));
  });
  afterEach(() => scene.sandbox.faults.clear());
  return {
    scene,
    get admin() {
      return admin;
    },
    spoil: (rule: FaultRule) => scene.sandbox.faults.add('openai', rule),
    alerts: (after: number) =>
      botMessages(admin)
        .filter((message) => message.message_id > after && ALERT.test(textOf(message)))
        .map(textOf),
  };
}
type Stage = ReturnType<typeof playStage>;

/** What a seller reads at the end: a text, and whether the credit is spent. */
type Reading = Readonly<{ text: string; used: 0 | 1 }>;
const DELIVERED: Reading = { text: 'result-ready', used: 1 };
const REJECTED: Reading = { text: 'failure-provider-rejected', used: 0 };
const REFUSED: Reading = { text: 'failure-provider-refused', used: 0 };

/** What the owners read: a text of an alert, and words of the provider's in it. */
type Alarm = Readonly<{ text: string; model: string; code: string; words: string }> | null;

type Case = readonly [endpointAnswers: string, rules: readonly FaultRule[], seller: Reading, owner: Alarm];

async function tryCase(stage: Stage, rules: readonly FaultRule[], reading: Reading, alarm: Alarm) {
  const { scene, admin, spoil, alerts } = stage;
  const t = textsOf(admin);
  const { message_id: after } = await ask(admin, '/start', t('start-sample'));
  const person = seller(scene, 'en');
  const card = await sendProduct(person, mug);
  for (const rule of rules) spoil(rule);
  const result = textOf(await waitForResult(person, await place(person, card)));
  const told = textsOf(person);
  expect(result).toContain(plain(told(reading.text, { delivered: 1 })));
  expect(result).toContain(plain(told('result-credits', { used: reading.used, left: 8 - reading.used })));
  if (alarm === null) return expect(alerts(after)).toEqual([]);
  const alert = textOf(await waitForText(admin, t(alarm.text, alarm), { after }));
  expect(alert).toContain(alarm.words);
  scene.sandbox.faults.clear();
  await order(seller(scene, 'ru'), mug);
  await waitForText(admin, t('alert-provider-rejected-over'), { after });
  expect(alerts(after)).toHaveLength(2);
}

describe('an endpoint like OpenAI’s', { timeout: 120_000 }, () => {
  const stage = playStage({ IMAGE_MODELS: 'gpt-image-2.6-sunburst,gpt-image-2.6-flare' });

  const last = { model: 'openai/gpt-image-2.6-flare' };
  test.each<Case>([
    ['JSON to a stream request', [{ match: EDITS, kind: 'one-piece' }], DELIVERED, null],
    ['an address to a stream request', [{ match: EDITS, kind: 'by-address' }], DELIVERED, null],
    [
      '403, a model for verified organisations',
      [{ match: EDITS, kind: 'api-error', times: 1 }],
      DELIVERED,
      null,
    ],
    [
      '404, a model that is not there',
      [{ match: EDITS, kind: 'api-error', status: 404, code: 'model_not_found', times: 1 }],
      DELIVERED,
      null,
    ],
    [
      '400 to one model',
      [{ match: EDITS, kind: 'api-error', status: 400, code: 'unsupported_value', times: 1 }],
      DELIVERED,
      null,
    ],
    [
      '400 to every model',
      [
        {
          match: EDITS,
          kind: 'api-error',
          status: 400,
          code: 'unsupported_value',
          description: 'No <stream> & such',
        },
      ],
      REJECTED,
      { ...last, text: 'alert-provider-rejected', code: 'unsupported_value', words: '“No <stream> & such”' },
    ],
    [
      '400 for a field, to every model',
      [{ match: EDITS, kind: 'field-refused' }],
      REJECTED,
      {
        ...last,
        text: 'alert-provider-rejected',
        code: 'unknown_parameter',
        words: "“Unknown parameter: 'safety_identifier'.”",
      },
    ],
    [
      'JSON without a picture',
      [{ match: EDITS, kind: 'no-picture' }],
      REJECTED,
      { ...last, text: 'alert-provider-rejected', code: 'answer-without-picture', words: '' },
    ],
    [
      'a refusal with a code in camel case',
      [{ match: EDITS, kind: 'api-error', status: 400, code: 'contentFilter' }],
      REFUSED,
      null,
    ],
    [
      'a refusal without a code',
      [{ match: EDITS, kind: 'api-error', status: 400, description: 'Rejected by the safety system.' }],
      REFUSED,
      null,
    ],
  ])('%s', (_, rules, reading, alarm) => tryCase(stage, rules, reading, alarm));

  test('403 to every model: the order waits, nothing is sold, and the owner reads which model and why', async () => {
    const { scene, admin, spoil, alerts } = stage;
    const t = textsOf(admin);
    const { message_id: after } = await ask(admin, '/start', t('start-sample'));
    const [person, other] = [seller(scene, 'en'), seller(scene, 'en')];
    const [card, otherCard] = [await sendProduct(person, mug), await sendProduct(other, mug)];
    spoil({ match: EDITS, kind: 'api-error' });
    const id = await place(person, card);
    await waitForText(person, textsOf(person)('status-provider-busy'));
    const alert = textOf(await waitForText(admin, t('alert-provider-model', last), { after }));
    expect(alert).toContain('openai/gpt-image-2.6-flare: “Your organization must be verified');
    await ask(person, '/buy', textsOf(person)('shop-paused'));
    scene.sandbox.faults.clear();
    await waitForResult(other, await place(other, otherCard));
    await waitForResult(person, id);
    await waitForText(admin, t('alert-provider-back'), { after });
    expect(alerts(after)).toHaveLength(2);
  });

  test.each<FaultRule>([
    {
      match: 'responses',
      kind: 'api-error',
      status: 404,
      code: 'model_not_found',
      description: 'No such model.',
    },
    {
      match: 'responses',
      kind: 'api-error',
      status: 400,
      code: 'invalid_value',
      description: 'No such schema.',
    },
    { match: 'responses', kind: 'bad-key', description: 'Incorrect API key' },
  ])('no recognition ($kind $code): house styles at once, and the owner reads why', async (rule) => {
    const { scene, admin, spoil } = stage;
    const t = textsOf(admin);
    const { message_id: after } = await ask(admin, '/start', t('start-sample'));
    spoil(rule);
    const person = seller(scene, 'ru');
    const card = await sendProduct(person, mug);
    expect(buttons(card).slice(0, 4)).toEqual(
      fallbackStyles(textsOf(person), HOUSE_STYLES).map(({ title }) => title),
    );
    await waitForResult(person, await place(person, card));
    const details = { model: 'openai/gpt-5.6-luna', code: rule.code ?? 'invalid_api_key' };
    const alert = textOf(await waitForText(admin, t('alert-recognition-failing', details), { after }));
    expect(alert).toContain(rule.description);
    scene.sandbox.faults.clear();
    await sendProduct(seller(scene, 'en'), mug);
    await waitForText(admin, t('alert-recognition-back'), { after });
  });

  test('400 of moderation: nothing unchecked goes on, the seller is told, and the owner reads which call', async () => {
    const { scene, admin, spoil } = stage;
    const t = textsOf(admin);
    const { message_id: after } = await ask(admin, '/start', t('start-sample'));
    spoil({
      match: 'moderations',
      kind: 'api-error',
      status: 400,
      code: 'invalid_value',
      description: 'Not this.',
    });
    const person = seller(scene, 'en');
    await person.sendPhoto(mug);
    await waitForText(person, textsOf(person)('error-provider-rejected'));
    const details = { model: 'openai/omni-moderation-latest', code: 'invalid_value' };
    await waitForText(admin, t('alert-provider-rejected', details), { after });
  });
});

describe('an endpoint that takes little', { timeout: 120_000 }, () => {
  const stage = playStage({ IMAGE_MODELS: 'gpt-image-2' }, (endpoint) => ({ ...endpoint, takes: [] }));

  const refused = [
    'safety_identifier',
    'stream',
    'partial_images',
    'output_format',
    'quality',
    'input_fidelity',
  ];
  test.each<Case>(
    refused.map((field) => [field, [{ match: '*', kind: 'field-refused', field }], DELIVERED, null]),
  )('is not sent %s', (_, rules, reading, alarm) => tryCase(stage, rules, reading, alarm));
});

describe('a chat that makes pictures, without OpenAI and without moderation', { timeout: 120_000 }, () => {
  const stage = playStage(
    {
      IMAGE_MODELS: 'openai/google/a-model',
      VISION_MODEL: 'openai/google/a-model',
      MODERATION_MODEL: 'off',
    },
    (endpoint) => ({ ...endpoint, api: 'chat', takes: ['modalities', 'image_config'] }),
  );

  test('recognises the product', async () => {
    const card = await sendProduct(seller(stage.scene, 'en'), mug);
    expect(textOf(card)).toContain('Blue mug');
  });

  test.each<Case>([
    ['message.images', [], DELIVERED, null],
    ['an address in message.images', [{ match: CHAT, kind: 'by-address' }], DELIVERED, null],
    ['nothing that would be refused', [{ match: CHAT, kind: 'field-refused' }], DELIVERED, null],
    ['an end by its content filter', [{ match: CHAT, kind: 'refusal' }], REFUSED, null],
    [
      'words in place of a picture',
      [{ match: CHAT, kind: 'no-picture' }],
      REJECTED,
      {
        text: 'alert-provider-rejected',
        model: 'openai/google/a-model',
        code: 'answer-without-picture',
        words: '“Which product do you mean?”',
      },
    ],
    ['moderation is asked nowhere', [{ match: 'moderations', kind: 'quota' }], DELIVERED, null],
  ])('%s', (_, rules, reading, alarm) => tryCase(stage, rules, reading, alarm));
});

describe('models that end within days', { timeout: 120_000 }, () => {
  const stage = playStage({ IMAGE_MODELS: 'gpt-image-2,gpt-image-1.5,gpt-image-1-mini' });

  test('are told to the owner, once', async () => {
    const models = 'openai/gpt-image-1.5, openai/gpt-image-1-mini';
    await waitForText(
      stage.admin,
      textsOf(stage.admin)('alert-model-ending', { models, date: '2026-12-01' }),
    );
    expect(stage.alerts(0)).toHaveLength(1);
  });
});
