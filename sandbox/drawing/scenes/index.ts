/** Which scene a prompt asks for: by the words in it, or by its hash when none of them is known. */
import { hash } from '../random.ts';
import { concrete, evening, kitchen, linen, marble, oak } from './home.ts';
import { beach, garden, sky, water } from './outdoors.ts';
import type { DrawScene } from './scene.ts';
import { autumn, blossom, festive, winter } from './seasons.ts';
import { catalogue, darkStudio, neon, podium, terracotta } from './studio.ts';

/** Beginnings of words, English and Russian. */
const SCENES = {
  catalogue: {
    draw: catalogue,
    words:
      'catalog|catalogue|pure white|white background|white seamless|marketplace|packshot|каталог|белый фон|белом фоне',
  },
  marble: { draw: marble, words: 'marble|bathroom|spa\\b|vanity|luxur|elegan|мрамор|ванн|роскош' },
  oak: { draw: oak, words: 'oak|wood|rustic|farmhouse|cabin|organic|дуб|дерев|рустик|эко' },
  podium: {
    draw: podium,
    words: 'podium|pedestal|pastel|geometr|minimal|plinth|подиум|постамент|пастел|минимал|геометр',
  },
  darkStudio: {
    draw: darkStudio,
    words: 'dark|black|moody|dramatic|noir|premium|rim light|spotlight|тёмн|темн|чёрн|черн|драмат|премиум',
  },
  linen: {
    draw: linen,
    words:
      'linen|fabric|cloth|textile|silk|satin|drape|boho|cosy|cozy|pampas|лён|льн|ткан|шёлк|шелк|бохо|уют',
  },
  concrete: {
    draw: concrete,
    words: 'concrete|loft|industrial|urban|cement|brutal|stone|slate|бетон|лофт|индустр|город|камен|камн',
  },
  kitchen: {
    draw: kitchen,
    words: 'kitchen|breakfast|cafe|café|coffee shop|counter|cook|lemon|кухн|завтрак|кафе|лимон',
  },
  evening: {
    draw: evening,
    words: 'book|bedside|bedroom|lamp|candle|living room|interior|книг|спальн|ламп|свеч|интерьер|гостин',
  },
  beach: {
    draw: beach,
    words: 'beach|sand|seaside|tropic|palm|summer|ocean|vacation|пляж|песок|песк|лето|летн|тропи|пальм|море',
  },
  water: { draw: water, words: 'water|splash|aqua|ripple|droplet|wet|вод|брызг|капл|аква' },
  garden: {
    draw: garden,
    words:
      'garden|forest|moss|botanic|jungle|fern|nature|green|woodland|сад|лес|мох|мш|природ|ботан|зелен|зелён',
  },
  sky: { draw: sky, words: 'sky|cloud|dream|heaven|airy|float|неб|облак|воздуш|мечт' },
  autumn: {
    draw: autumn,
    words: 'autumn|fall leaves|fallen leaves|maple|harvest|pumpkin|october|осен|листопад|клён|клен|тыкв',
  },
  festive: {
    draw: festive,
    words:
      'festive|christmas|holiday|new year|gift|fairy lights|garland|xmas|праздн|рождеств|новогод|новый год|гирлянд|подар',
  },
  winter: { draw: winter, words: 'winter|snow|frost|ice|icy|alpine|зим|снег|снеж|мороз|лёд|лед' },
  blossom: {
    draw: blossom,
    words:
      'blossom|flower|floral|petal|spring|rose|peony|romantic|цветок|цветы|цветоч|цветущ|лепест|весн|роз|пион|романт',
  },
  terracotta: {
    draw: terracotta,
    words:
      'terracotta|mediterranean|clay|desert|adobe|arch|sunset|moroc|терракот|глин|арк|средизем|закат|пустын',
  },
  neon: {
    draw: neon,
    words: 'neon|cyber|synthwave|gaming|night club|futur|glow ring|electric|неон|кибер|футур|ночн',
  },
} as const satisfies Record<string, { draw: DrawScene; words: string }>;

export type SceneName = keyof typeof SCENES;
export const SCENE_NAMES = Object.keys(SCENES) as readonly SceneName[];

/** What a prompt that names no scene may get: those that suit any product. */
const ANYWHERE: readonly [SceneName, ...SceneName[]] = [
  'podium',
  'marble',
  'oak',
  'linen',
  'terracotta',
  'kitchen',
];

/** The lines of a prompt that describe the surroundings, when it says which they are. */
const DESCRIPTION = /^\s*"?(?:scene|style|background)"?\s*:\s*(.+)$/gim;

/** The scene with the most of its words in the prompt; among equals the one that is named first. */
export function sceneFor(prompt: string): SceneName {
  const described = [...prompt.matchAll(DESCRIPTION)].map(([, words]) => words).join('\n');
  const text = described === '' ? prompt : described;
  const found = SCENE_NAMES.map((name) => ({ name, ...mentions(text, SCENES[name].words) }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count || one.first - other.first);
  return found[0]?.name ?? ANYWHERE[hash(text) % ANYWHERE.length] ?? ANYWHERE[0];
}

export function drawerOf(name: SceneName): DrawScene {
  return SCENES[name].draw;
}

/** How many of the words begin somewhere in the text, and where the first of them stands. */
function mentions(text: string, words: string): { count: number; first: number } {
  const places = [...text.matchAll(new RegExp(`(?<![\\p{L}\\d])(?:${words})`, 'giu'))];
  return {
    count: new Set(places.map(([word]) => word.toLowerCase())).size,
    first: places[0]?.index ?? Number.POSITIVE_INFINITY,
  };
}
