import { describe, expect, test } from 'vitest';
import { linkOf } from '../../../src/ai/chain.ts';
import { imageModel } from '../../../src/ai/models.ts';
import { costOf, PRICES, typicalCostOf } from '../../../src/ai/prices.ts';
import type { Provider } from '../../../src/ai/provider.ts';
import { RATIOS } from '../../../src/ai/ratios.ts';
import { OPENAI_TAKES } from '../../../src/config-variables/providers.ts';

const OPENAI = { api: 'images', takes: OPENAI_TAKES } as const;

const CURRENT = [
  'gpt-image-2',
  'gpt-image-2.5-flare',
  'gpt-image-2.5-sunburst',
  'gpt-image-2.6-flare',
  'gpt-image-2.6-sunburst',
];

describe('sizes', () => {
  test.each(CURRENT)('of %s are exact and within the API’s rules', (model) => {
    for (const ratio of RATIOS) {
      const { width, height } = imageModel(model, OPENAI).sizes[ratio];
      const [across = 0, down = 0] = ratio.split(':').map(Number);
      expect(width * down).toBe(height * across);
      expect([width % 16, height % 16]).toEqual([0, 0]);
      expect(width * height).toBeGreaterThanOrEqual(655_360);
      expect(width * height).toBeLessThanOrEqual(2560 * 1440);
    }
  });

  test.each(CURRENT)(
    'of large pictures of %s are exact, larger than the usual ones, and not experimental',
    (model) => {
      const { sizes, largeSizes } = imageModel(model, OPENAI);
      for (const ratio of RATIOS) {
        const { width, height } = largeSizes?.[ratio] ?? { width: 0, height: 0 };
        const [across = 0, down = 0] = ratio.split(':').map(Number);
        expect(width * down).toBe(height * across);
        expect([width % 16, height % 16]).toEqual([0, 0]);
        expect(width * height).toBeGreaterThan(2 * sizes[ratio].width * sizes[ratio].height * 0.98);
        expect(width * height).toBeLessThanOrEqual(2560 * 1440);
      }
    },
  );

  test('of large pictures are known of no other model, and of none that is asked in a chat', () => {
    for (const model of ['gpt-image-1.5', 'gpt-image-1-mini', 'another-makers-model'])
      expect(imageModel(model, OPENAI).largeSizes).toBeNull();
    expect(imageModel('gpt-image-2', { ...OPENAI, api: 'chat' }).largeSizes).toBeNull();
  });

  test('of a model that is not listed are the three standard ones, lying or standing as the ratio', () => {
    for (const ratio of RATIOS) {
      const { width, height } = imageModel('another-makers-model', OPENAI).sizes[ratio];
      const [across = 0, down = 0] = ratio.split(':').map(Number);
      expect(['1024x1024', '1024x1536', '1536x1024']).toContain(`${width}x${height}`);
      expect(Math.sign(width - height)).toBe(Math.sign(across - down));
    }
  });
});

test('a transparent ground is known of some models, and of no endpoint that does not take the field', () => {
  const cutting = (model: string, takes = OPENAI_TAKES) =>
    imageModel(model, { api: 'images', takes }).transparent;
  expect(
    ['gpt-image-2.6-sunburst', 'gpt-image-2.5-flare', 'gpt-image-1.5'].map((model) => cutting(model)),
  ).toEqual([true, true, true]);
  expect(['gpt-image-2', 'another-makers-model'].map((model) => cutting(model))).toEqual([false, false]);
  expect(cutting('gpt-image-2.6-flare', ['quality'])).toBe(false);
  expect(imageModel('gpt-image-2.6-flare', { api: 'chat', takes: OPENAI_TAKES }).transparent).toBe(false);
});

test('a dated snapshot has its family’s capabilities and price', () => {
  expect(imageModel('gpt-image-2-2026-04-21', OPENAI)).toEqual(imageModel('gpt-image-2', OPENAI));
  expect(typicalCostOf('gpt-image-2-2026-04-21', 'picture', 1)).toBe(
    typicalCostOf('gpt-image-2', 'picture', 1),
  );
});

describe('prices', () => {
  const usage = { inputTextTokens: 1000, cachedTextTokens: 400, inputImageTokens: 2000, outputTokens: 100 };

  test('turn tokens into whole micro-dollars, cached ones at their own price', () => {
    expect(costOf('gpt-image-2', usage)).toBe(600 * 5 + 400 * 1.25 + 2000 * 8 + 100 * 30);
    expect(costOf('gpt-5.4-nano', { ...usage, cachedTextTokens: 333 })).toBe(
      Math.round(667 * 0.2 + 333 * 0.02 + 2000 * 0.2 + 100 * 1.25),
    );
  });

  test('are unknown for an unknown model', () => {
    expect(costOf('another-makers-model', usage)).toBeNull();
    expect(typicalCostOf('another-makers-model', 'picture', 1)).toBeNull();
  });

  test('have a date and a source, and cover every current picture model', () => {
    expect(PRICES.version).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(PRICES.source).toMatch(/^https:/);
    expect(Object.keys(PRICES.models)).toEqual(expect.arrayContaining(CURRENT));
  });
});

describe('a model’s name', () => {
  const named = (name: string): Provider => ({
    name,
    imageModel: (model) => imageModel(model, OPENAI),
    answer: () => Promise.reject(new Error('not called')),
    editPicture: () => Promise.reject(new Error('not called')),
    moderate: () => Promise.reject(new Error('not called')),
    listModels: () => Promise.reject(new Error('not called')),
  });

  test.each([
    ['gpt-image-2', 'openai', 'gpt-image-2'],
    ['spare/their-model', 'spare', 'their-model'],
    ['spare/org/model', 'spare', 'org/model'],
    ['org/model', 'openai', 'org/model'],
  ])('%s means an endpoint and its model', (name, endpoint, model) => {
    const link = linkOf(name, [named('openai'), named('spare')]);
    expect([link.provider.name, link.model]).toEqual([endpoint, model]);
  });
});
