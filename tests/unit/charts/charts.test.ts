/** What drawings of figures hold, whatever is put into them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bar, barChart, funnelChart } from '../../../src/charts/bar-chart.ts';
import { dailyChart, type Point } from '../../../src/charts/daily-chart.ts';
import { drawable } from '../../../src/charts/fonts.ts';
import { type Caption, fitText, textWidth } from '../../../src/charts/frame.ts';
import { CHART_VARIABLES, type Look, paletteOf, type Theme } from '../../../src/charts/theme.ts';

const LOCALES = join(import.meta.dirname, '../../../src/texts/locales');
const look: Look = { width: 360, locale: 'en', theme: 'light' };
const caption: Caption = { title: 'Stars', unit: 'by the day', description: 'Ten in all.', tone: 'money' };

const daily = (points: readonly Point[], about: Partial<Look & Caption> = {}) =>
  dailyChart({ ...caption, ...about, points }, { ...look, ...about, height: 230 });
const course = (values: readonly number[]): Point[] =>
  values.map((value, index) => ({
    day: new Date(Date.UTC(2026, 0, 1 + index)).toISOString().slice(0, 10),
    value,
  }));

const anything: fc.Arbitrary<string> = fc.string({ unit: 'binary', maxLength: 40 });
const value = fc.oneof(fc.nat(), fc.constant(0), fc.double({ min: 0, max: 1e12, noNaN: true }));
const bars: fc.Arbitrary<Bar[]> = fc.array(fc.record({ label: anything, value }), { maxLength: 8 });
const theme = fc.constantFrom<Theme>('light', 'dark', 'page');
const drawing: fc.Arbitrary<string> = fc
  .record({ words: anything, bars, theme, values: fc.array(value, { minLength: 1, maxLength: 40 }) })
  .chain(({ words, bars: drawn, theme: chosen, values }) => {
    const about = { ...caption, title: words, unit: words, description: words };
    const own = { ...look, theme: chosen };
    return fc.constantFrom(
      daily(course(values), { ...about, theme: chosen }),
      barChart({ ...about, bars: drawn }, own),
      funnelChart({ ...about, steps: drawn }, own),
    );
  });

/** Tags in their order, closed ones apart; throws for what is not well-formed. */
function tagsOf(svg: string): { name: string; attributes: Map<string, string>; text: string }[] {
  const open: string[] = [];
  const tags: { name: string; attributes: Map<string, string>; text: string }[] = [];
  const rest = svg.replaceAll(
    /<(\/?)([a-z]+)((?: [a-z0-9-]+="[^"<]*")*)(\/?)>([^<]*)/gi,
    (_, end, name, list, whole, text) => {
      if (end) expect(open.pop()).toBe(name);
      else {
        const attributes = new Map<string, string>(
          [...String(list).matchAll(/ ([a-z0-9-]+)="([^"]*)"/gi)].map(([, key = '', content = '']) => [
            key,
            content,
          ]),
        );
        tags.push({ name, attributes, text });
        if (!whole) open.push(name);
      }
      return '';
    },
  );
  expect([rest, open]).toEqual(['', []]);
  return tags;
}

test('a drawing is well-formed, whatever words and numbers are in it, and has no style of its own', () => {
  fc.assert(
    fc.property(drawing, (svg) => {
      const tags = tagsOf(svg);
      const names = new Set(tags.map(({ name }) => name));
      expect(
        [...names].filter(
          (name) => !['svg', 'title', 'desc', 'rect', 'text', 'line', 'path', 'circle'].includes(name),
        ),
      ).toEqual([]);
      expect(tags.some(({ attributes }) => attributes.has('style') || attributes.has('href'))).toBe(false);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
      expect(svg).not.toMatch(/NaN|Infinity|undefined|[\u0000-\u001f]/);
      expect(svg.isWellFormed()).toBe(true);
    }),
  );
});

test('a drawing is said in words to whom does not see it', () => {
  const [svg, title, desc] = tagsOf(daily(course([1, 2])));
  expect(svg?.attributes.get('role')).toBe('img');
  expect([title, desc].map((tag) => [tag?.name, tag?.text])).toEqual([
    ['title', 'Stars'],
    ['desc', 'Ten in all.'],
  ]);
});

test('nothing stands outside of the drawing, also on the narrowest phone', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 120 }), (values) => {
      const tags = tagsOf(daily(course(values)));
      for (const { name, attributes, text } of tags.filter((tag) => tag.name === 'text')) {
        const x = Number(attributes.get('x'));
        const size = Number(attributes.get('font-size'));
        const room = { start: [0, 1], middle: [0.5, 0.5], end: [1, 0] }[
          attributes.get('text-anchor') ?? ''
        ] ?? [0, 0];
        const width = text.length * size * 0.58;
        expect(x - (room[0] ?? 0) * width, `${name} ${text}`).toBeGreaterThanOrEqual(0);
        expect(x + (room[1] ?? 0) * width, `${name} ${text}`).toBeLessThanOrEqual(look.width);
      }
    }),
  );
});

describe('a course', () => {
  const lineOf = (svg: string) =>
    tagsOf(svg)
      .find(({ name, attributes }) => name === 'path' && attributes.get('fill') === 'none')
      ?.attributes.get('d');

  test('has a point for each day, and marks the largest', () => {
    const svg = daily(course([0, 5, 0, 12, 0]));
    expect(lineOf(svg)?.match(/[ML]/g)).toHaveLength(5);
    const dots = tagsOf(svg).filter(({ name }) => name === 'circle');
    expect(dots).toHaveLength(1);
    expect(svg).toContain('>12</text>');
  });

  test('of nothing is a line at zero without a mark', () => {
    const svg = daily(course([0, 0, 0]));
    const heights = [...(lineOf(svg) ?? '').matchAll(/,([\d.]+)/g)].map(([, y]) => y);
    expect(new Set(heights).size).toBe(1);
    expect(svg).not.toContain('<circle');
  });
});

test('bars are as long as their values, and say their share', () => {
  const svg = barChart(
    {
      ...caption,
      bars: [
        { label: 'Large', value: 75 },
        { label: 'Small', value: 25 },
      ],
    },
    look,
  );
  const widths = tagsOf(svg)
    .filter(({ name, attributes }) => name === 'rect' && attributes.get('fill') === paletteOf('light').money)
    .map(({ attributes }) => Number(attributes.get('width')));
  expect(widths).toEqual([332, 110.67]);
  expect(svg).toMatch(/>75%<.*>25%</);
});

test('a name in a picture is what its fonts can write, else its place; on a page it stands as it is', () => {
  const bars = ['🎁 Подарок', '大礼包', 'עברית Big 1️⃣'].map((label) => ({ label, value: 1 }));
  const namesOn = (chosen: Theme) =>
    tagsOf(barChart({ ...caption, bars }, { ...look, theme: chosen }))
      .filter(
        ({ name, attributes }) =>
          name === 'text' &&
          attributes.get('fill') === paletteOf(chosen).ink &&
          !attributes.has('font-weight'),
      )
      .map(({ text }) => text);
  expect(namesOn('light')).toEqual(['🎁 Подарок', '2.', 'Big 1']);
  expect(namesOn('page')).toEqual(bars.map(({ label }) => label));
});

test('a name that is too long loses whole signs at its end', () => {
  const women = '👩🏽‍🎨'.repeat(40);
  expect(fitText(women, 12, 100)).toMatch(/^(?:👩🏽‍🎨)+…$/u);
  expect(textWidth(fitText(women, 12, 100), 12)).toBeLessThanOrEqual(100);
  expect(fitText('Large', 12, 100)).toBe('Large');
});

test.each(readdirSync(LOCALES))(
  'whatever charts say in %s can be written by the fonts of pictures',
  (file) => {
    const said = readFileSync(join(LOCALES, file), 'utf8')
      .split(/\n(?=\S)/)
      .filter((text) => /^(?:chart|funnel|reason|figures-no-reason|sources-direct)\b/.test(text));
    expect(said.length).toBeGreaterThan(20);
    for (const text of said) expect(drawable(text)).toBe(text.replaceAll(/\s+/g, ' ').trim());
  },
);

test('steps of a funnel say their part of the step before', () => {
  const steps = [
    { label: 'Came', value: 200 },
    { label: 'Paid', value: 50 },
    { label: 'Paid again', value: 10 },
  ];
  const shares = tagsOf(funnelChart({ ...caption, steps }, look)).filter(({ text }) => text.endsWith('%'));
  expect(shares.map(({ text }) => text)).toEqual(['25%', '20%']);
});

test.each<Theme>(['light', 'dark'])('colours of the %s theme can be told from their ground', (name) => {
  const { ground, grid: _grid, ...drawn } = paletteOf(name);
  for (const [role, colour] of Object.entries(drawn))
    expect(contrast(colour, ground), role).toBeGreaterThanOrEqual(4.5);
});

test('a page’s colours are variables that its style sheet has', () => {
  for (const colour of Object.values(paletteOf('page'))) {
    const name = /^var\((--[a-z-]+), #/.exec(colour)?.[1];
    expect(CHART_VARIABLES.split(`${name}:`)).toHaveLength(3);
  }
});

/** WCAG 2.2, “contrast ratio”. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [one, other].map(luminance).sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
