/** What the vision double writes about a product for a marketplace: what it has seen, and no more. */
import type { Language, Product } from './recognise.ts';

export type Listing = Readonly<{ title: string; bullets: readonly string[]; keywords: readonly string[] }>;

export function describe({ name, kindName, aspect }: Product, language: Language): Listing {
  const kind = kindName.toLowerCase();
  const tall = aspect < 0.9;
  if (language === 'ru') {
    return {
      title: `${name}: ${kind} с видимой этикеткой`,
      bullets: [
        `На фото ${kind}, предмет виден целиком`,
        tall ? 'Форма вытянута в высоту' : 'Высота и ширина почти одинаковы',
        'Цвет ровный, такой же, как на фото',
        'Этикетка или рисунок видны спереди',
        'Снято на простом фоне при мягком свете',
      ],
      keywords: [name.toLowerCase(), kind, `${kind} в подарок`, `${kind} для дома`, `купить ${kind}`],
    };
  }
  return {
    title: `${name}: ${kind} with a label that can be read`,
    bullets: [
      `The photo shows the ${kind} as a whole`,
      tall ? 'Its form is taller than wide' : 'It is about as wide as it is tall',
      'One even colour, as in the photo',
      'The label or pattern stands on the front',
      'Photographed on a plain ground in soft light',
    ],
    keywords: [name.toLowerCase(), kind, `${kind} gift`, `${kind} for home`, `buy ${kind}`],
  };
}
