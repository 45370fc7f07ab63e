/** Looks at a lifted product: what colour it is, what it may be, and what a seller would call it. */
import type { Look } from '../drawing/look.ts';
import type { Pixels } from '../drawing.ts';

export type Language = 'en' | 'ru';
export type Kind = 'mug' | 'bottle' | 'jar' | 'box' | 'shoe' | 'product';

export type Product = Readonly<{
  isProduct: boolean;
  kind: Kind;
  kindName: string;
  name: string;
  /** Width to height of the product itself. */
  aspect: number;
}>;

/** Russian adjectives by the noun's gender: masculine, feminine. */
const COLOURS = {
  red: ['красный', 'красная'],
  orange: ['оранжевый', 'оранжевая'],
  yellow: ['жёлтый', 'жёлтая'],
  green: ['зелёный', 'зелёная'],
  turquoise: ['бирюзовый', 'бирюзовая'],
  blue: ['синий', 'синяя'],
  purple: ['фиолетовый', 'фиолетовая'],
  pink: ['розовый', 'розовая'],
  brown: ['коричневый', 'коричневая'],
  beige: ['бежевый', 'бежевая'],
  white: ['белый', 'белая'],
  grey: ['серый', 'серая'],
  black: ['чёрный', 'чёрная'],
} as const;
type Colour = keyof typeof COLOURS;

const KINDS = {
  mug: { en: 'mug', ru: 'кружка', gender: 1 },
  bottle: { en: 'bottle', ru: 'бутылочка', gender: 1 },
  jar: { en: 'jar', ru: 'банка', gender: 1 },
  box: { en: 'box', ru: 'коробка', gender: 1 },
  shoe: { en: 'shoe', ru: 'кроссовок', gender: 0 },
  product: { en: 'product', ru: 'товар', gender: 0 },
} as const satisfies Record<Kind, { en: string; ru: string; gender: 0 | 1 }>;

/** What a look makes of the product; a `caption` of a few words names it better than any guess. */
export function recognise(look: Look, caption: string | null, language: Language): Product {
  const aspect = look.standing.width / look.standing.height;
  const kind = look.kind === 'product' ? kindOf(look, aspect) : 'product';
  const noun = KINDS[kind];
  const colour = dominantColour(look.standing);
  const guess = language === 'ru' ? `${COLOURS[colour][noun.gender]} ${noun.ru}` : `${colour} ${noun.en}`;
  return {
    isProduct: look.kind !== 'empty',
    kind,
    kindName: capitalised(noun[language]),
    name: capitalised(caption ?? guess),
    aspect,
  };
}

function kindOf({ standing, holes }: Look, aspect: number): Kind {
  const filled = opaqueShare(standing);
  if (holes > 0 && aspect > 0.75 && aspect < 1.7) return 'mug';
  if (aspect < 0.62) return 'bottle';
  if (filled > 0.97) return 'box';
  return aspect > 1.55 ? 'shoe' : 'jar';
}

function opaqueShare({ data }: Pixels): number {
  let opaque = 0;
  for (let at = 3; at < data.length; at += 4) if ((data[at] ?? 0) > 127) opaque += 1;
  return opaque / (data.length / 4);
}

/** The colour that most of the product has; greys count for less, since lamps and labels make them on anything. */
function dominantColour({ data }: Pixels): Colour {
  const votes = new Map<Colour, number>();
  // Every seventh pixel is enough, and seven divides no common width.
  for (let at = 0; at < data.length; at += 28) {
    if ((data[at + 3] ?? 0) < 200) continue;
    const { colour, weight } = nameOf(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0);
    votes.set(colour, (votes.get(colour) ?? 0) + weight);
  }
  const [most] = [...votes].sort(([, one], [, other]) => other - one);
  return most?.[0] ?? 'grey';
}

function nameOf(red: number, green: number, blue: number): { colour: Colour; weight: number } {
  const most = Math.max(red, green, blue);
  const chroma = most - Math.min(red, green, blue);
  const saturation = most === 0 ? 0 : chroma / most;
  if (most < 46) return { colour: 'black', weight: 0.6 };
  if (saturation < 0.12) {
    return { colour: most > 200 ? 'white' : most > 80 ? 'grey' : 'black', weight: 0.5 };
  }
  return { colour: hueName(hueOf(red, green, blue, most, chroma), saturation, most), weight: 1 };
}

function hueName(hue: number, saturation: number, most: number): Colour {
  if (hue >= 14 && hue < 48) {
    if (most < 165) return 'brown';
    return saturation < 0.4 ? 'beige' : 'orange';
  }
  if (hue < 14 || hue >= 345) return saturation < 0.45 && most > 190 ? 'pink' : 'red';
  if (hue < 68) return saturation < 0.3 ? 'beige' : 'yellow';
  if (hue < 160) return 'green';
  if (hue < 190) return 'turquoise';
  if (hue < 252) return 'blue';
  return hue < 292 ? 'purple' : 'pink';
}

/** Degrees around the colour circle. */
function hueOf(red: number, green: number, blue: number, most: number, chroma: number): number {
  if (most === red) return (60 * ((green - blue) / chroma) + 360) % 360;
  return most === green ? 60 * ((blue - red) / chroma + 2) : 60 * ((red - green) / chroma + 4);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
