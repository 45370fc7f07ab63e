import { createRandom } from '../drawing/random.ts';
import type { Kind, Language } from './recognise.ts';

export type Proposal = Readonly<{ title: string; prompt: string }>;

type Written = Readonly<{ en: string; ru: string; prompt: string }>;

const CLEAN = [
  {
    en: 'Clean catalogue',
    ru: 'Чистый каталог',
    prompt:
      'Pure white catalogue background, soft even studio light, gentle contact shadow, eye-level camera, crisp and neutral',
  },
  {
    en: 'Pastel stage',
    ru: 'Пастельная сцена',
    prompt:
      'Round pastel podium before a matching wall with an arch, soft side light, minimal geometric props, calm and modern',
  },
] as const satisfies readonly Written[];

const IN_USE: Readonly<Record<Kind, Written>> = {
  mug: {
    en: 'Morning kitchen',
    ru: 'Утренняя кухня',
    prompt:
      'Bright kitchen worktop in morning sun, blurred tiles and lemons behind, breakfast mood, warm window light',
  },
  jar: {
    en: 'Breakfast table',
    ru: 'Завтрак на кухне',
    prompt: 'Light kitchen counter at breakfast, blurred shelves and herbs, warm morning sun from the side',
  },
  bottle: {
    en: 'Marble bathroom',
    ru: 'Мраморная ванная',
    prompt:
      'White marble vanity in a bright bathroom, window light with soft pane shadows, eucalyptus out of focus',
  },
  box: {
    en: 'Oak desk',
    ru: 'Дубовый стол',
    prompt:
      'Oak wood table by a garden window, dappled leaf shadows, fresh natural light, shallow depth of field',
  },
  shoe: {
    en: 'Loft window',
    ru: 'Окно в лофте',
    prompt: 'Concrete floor and wall of an industrial loft, hard window light, long shadow, urban mood',
  },
  product: {
    en: 'Oak table',
    ru: 'Дубовый стол',
    prompt: 'Rustic oak wood table before a green garden out of focus, leaf shadows, soft morning sun',
  },
};

const MOOD = [
  {
    en: 'Linen folds',
    ru: 'Льняные складки',
    prompt: 'Folds of natural linen fabric, pampas grass behind, warm window light, cosy boho mood',
  },
  {
    en: 'Dark studio',
    ru: 'Тёмная студия',
    prompt: 'Dark moody studio, black glossy surface with reflection, dramatic rim light, premium feel',
  },
  {
    en: 'Terracotta evening',
    ru: 'Терракотовый вечер',
    prompt: 'Terracotta plaster wall with an arch, Mediterranean sunset light, leaf shadows, warm clay tones',
  },
  {
    en: 'Autumn light',
    ru: 'Осенний свет',
    prompt: 'Old wooden boards with fallen maple leaves, golden autumn light, warm bokeh',
  },
] as const satisfies readonly Written[];

const SURPRISE = [
  {
    en: 'On the water',
    ru: 'На воде',
    prompt: 'Standing in clear rippling water with rings and droplets, airy aqua light, clean reflection',
  },
  {
    en: 'Above the clouds',
    ru: 'Над облаками',
    prompt: 'Floating among soft clouds in a dreamy pastel sky, gentle sunrise glow',
  },
  {
    en: 'Neon street',
    ru: 'Неоновая улица',
    prompt: 'Neon ring light in the dark, cyber pink and cyan glow, wet reflective ground',
  },
  {
    en: 'Forest moss',
    ru: 'Лесной мох',
    prompt: 'Mossy stone in a sunlit forest, ferns and bokeh behind, botanical mood',
  },
  {
    en: 'Flower cloud',
    ru: 'Цветочное облако',
    prompt: 'Spring blossom and fallen petals around, delicate floral backdrop, romantic soft light',
  },
  {
    en: 'Seaside sand',
    ru: 'Песок у моря',
    prompt: 'Warm sand on a tropical beach, turquoise sea behind, palm shadows, summer sun',
  },
] as const satisfies readonly Written[];

/** Four styles that differ: a plain one, one in use, one of mood, one that surprises. The same product gets the same. */
export function proposeStyles(kind: Kind, name: string, language: Language): readonly Proposal[] {
  const random = createRandom(name);
  const chosen = [random.pick(CLEAN), IN_USE[kind], random.pick(MOOD), random.pick(SURPRISE)];
  return chosen.map((style) => ({ title: style[language], prompt: `${style.prompt}.` }));
}
