/**
 * What each sales channel asks of its pictures, as data. The numbers were gathered from stored copies of the pages
 * named here on the day named here; how far each can be trusted stands beside it, and docs/marketplaces.md, which is
 * made of this list, says so to the owner.
 */

/** Width and height in pixels. */
export type Size = Readonly<{ width: number; height: number }>;

/**
 * `official`: read in the channel's own help or interface description. `copied`: a copy of its text, or two
 * independent sources that agree. `third-party`: others say so. `guess`: nothing current was found.
 */
export type Confidence = 'official' | 'copied' | 'third-party' | 'guess';

export const PRESET_IDS = [
  'wildberries',
  'ozon',
  'yandex',
  'amazon-main',
  'amazon-gallery',
  'etsy',
  'ebay',
  'shopify',
  'instagram',
  'stories',
  'pinterest',
  'tiktok',
  'google',
] as const;
export type PresetId = (typeof PRESET_IDS)[number];

export type Preset = Readonly<{
  id: PresetId;
  /** What it is called by its sellers, in every language. */
  channel: string;
  /** The size that is advised, then smaller ones that are taken as well; all of one ratio. */
  sizes: readonly [Size, ...Size[]];
  /** `white`: pure white (255) around the product and nothing else, which only a cut-out can have. */
  ground: 'any' | 'white';
  /**
   * Share of each side that stays free beside a product on white. With 0.05 its longer side takes 90 % of the
   * frame, above the 85 % that Amazon demands and the 75–90 % that Google advises.
   */
  margin: number;
  /** Every file is a JPEG in sRGB, which all of them take. */
  maxBytes: number;
  names: FileNames;
  /** Pictures that one item may have. */
  mostPictures: number;
  source: string;
  /** The day on which the source was read. */
  checkedOn: string;
  confidence: Readonly<{ pixels: Confidence; bytes: Confidence; ground: Confidence; names: Confidence }>;
  /** What an owner should know before relying on it. */
  note: string;
}>;

/** `{sku}` and `{n}` are filled in. */
export type FileNames = Readonly<{
  first: string;
  further: string;
  /** The number of the second picture. */
  furtherFrom: number;
  /** What a SKU may hold; `latin`: letters and digits of ASCII alone. */
  letters: 'any' | 'latin';
}>;

const MB = 1_000_000;
const CHECKED_ON = '2026-11-25';
const UPRIGHT: readonly [Size, ...Size[]] = [
  { width: 1200, height: 1600 },
  { width: 900, height: 1200 },
];
/** For channels that do not say how files are to be called. */
const FREE_NAMES: FileNames = {
  first: '{sku}_1.jpg',
  further: '{sku}_{n}.jpg',
  furtherFrom: 2,
  letters: 'any',
};

function square(side: number): Size {
  return { width: side, height: side };
}

export const PRESETS: readonly Preset[] = [
  {
    id: 'wildberries',
    channel: 'Wildberries',
    sizes: UPRIGHT,
    ground: 'any',
    margin: 0.05,
    maxBytes: 10 * MB,
    names: FREE_NAMES,
    mostPictures: 30,
    source:
      'https://blog.promopult.ru/ and https://sellerrocket.one/; content API v3 as two public clients copy it',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'third-party', bytes: 'third-party', ground: 'third-party', names: 'copied' },
    note: 'The API takes 700×900 and 32 MB; 900×1200, 3:4 and 10 MB are what others say of the portal. No advertising words, logos or frames.',
  },
  {
    id: 'ozon',
    channel: 'Ozon',
    sizes: UPRIGHT,
    ground: 'any',
    margin: 0.05,
    maxBytes: 10 * MB,
    names: { first: '{sku}.jpg', further: '{sku}_{n}.jpg', furtherFrom: 1, letters: 'any' },
    mostPictures: 30,
    source: 'https://docs.ozon.com/global/en/products/upload/adding-content/images',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'third-party', bytes: 'third-party', ground: 'third-party', names: 'official' },
    note: '3:4 and 30 pictures are official; pixels and megabytes are not. The names are from an older official page on bulk upload.',
  },
  {
    id: 'yandex',
    channel: 'Yandex Market',
    sizes: UPRIGHT,
    ground: 'any',
    margin: 0.05,
    maxBytes: 10 * MB,
    names: FREE_NAMES,
    mostPictures: 10,
    source: 'https://yandex.com/support/partnermarket/picture.html',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'guess', bytes: 'third-party', ground: 'copied', names: 'copied' },
    note: 'Only the old help of feeds was found (300 pixels and more, no shop logo, no transparency); today’s limits are a guess.',
  },
  {
    id: 'amazon-main',
    channel: 'Amazon main',
    sizes: [square(2000), square(1600), square(1000)],
    ground: 'white',
    margin: 0.05,
    maxBytes: 10 * MB,
    names: { first: '{sku}.MAIN.jpg', further: '{sku}.MAIN.jpg', furtherFrom: 2, letters: 'latin' },
    mostPictures: 1,
    source: 'https://sellercentral.amazon.com/gp/help/external/G9FUUH87RBNXGKB7',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'official', bytes: 'third-party', ground: 'copied', names: 'official' },
    note: 'Zoom from 1000 pixels, pure white 255, product at least 85 % of the frame, no text, border or props. For bulk upload the name begins with the ASIN; dashes, underscores and spaces stop it.',
  },
  {
    id: 'amazon-gallery',
    channel: 'Amazon gallery',
    sizes: [square(2000), square(1600), square(1200), square(1000)],
    ground: 'any',
    margin: 0.05,
    maxBytes: 10 * MB,
    names: { first: '{sku}.PT01.jpg', further: '{sku}.PT0{n}.jpg', furtherFrom: 2, letters: 'latin' },
    mostPictures: 8,
    source: 'https://sellercentral.amazon.com/gp/help/external/G9FUUH87RBNXGKB7',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'official', bytes: 'third-party', ground: 'copied', names: 'official' },
    note: 'Zoom from 1000 pixels; the square is customary, not official. No claims, prices or badges of Amazon.',
  },
  {
    id: 'etsy',
    channel: 'Etsy',
    sizes: [
      { width: 3000, height: 2250 },
      { width: 2000, height: 1500 },
    ],
    ground: 'any',
    margin: 0.05,
    maxBytes: 10 * MB,
    names: FREE_NAMES,
    mostPictures: 10,
    source: 'https://www.etsy.com/legal/policy/listing-image-requirements',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'third-party', bytes: 'third-party', ground: 'official', names: 'guess' },
    note: 'Sources disagree whether 2000 pixels are of the shorter or the longer side. The picture must show the item itself and be no rendering: a picture that a model made belongs behind photos.',
  },
  {
    id: 'ebay',
    channel: 'eBay',
    sizes: [square(1600), square(1200), square(1000)],
    ground: 'any',
    margin: 0.05,
    maxBytes: 12 * MB,
    names: FREE_NAMES,
    mostPictures: 24,
    source: 'https://www.ebay.com/help/policies/listing-policies/picture-policy?id=4370',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'official', bytes: 'official', ground: 'official', names: 'official' },
    note: 'At least 500 pixels, 1600 advised; any ratio is taken, the square is customary. No text, artwork, border or watermark.',
  },
  {
    id: 'shopify',
    channel: 'Shopify',
    sizes: [square(2048), square(1200)],
    ground: 'any',
    margin: 0.05,
    maxBytes: 20 * MB,
    names: FREE_NAMES,
    mostPictures: 250,
    source: 'https://help.shopify.com/api/guides/media',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'third-party', bytes: 'third-party', ground: 'official', names: 'official' },
    note: 'One’s own shop: 2048 is advised by others, and zoom is said to begin at 800.',
  },
  {
    id: 'instagram',
    channel: 'Instagram',
    sizes: [
      { width: 1080, height: 1350 },
      { width: 960, height: 1200 },
    ],
    ground: 'any',
    margin: 0.08,
    maxBytes: 8 * MB,
    names: FREE_NAMES,
    mostPictures: 10,
    source: 'https://recurpost.com/ (quotes Instagram’s help) and https://docs.getlate.dev/',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'copied', bytes: 'copied', ground: 'guess', names: 'guess' },
    note: '4:5 is taken by the app and by the API; 3:4 (1080×1440) only by the app. Meta reads the AI label.',
  },
  {
    id: 'stories',
    channel: 'Stories',
    sizes: [{ width: 1080, height: 1920 }],
    ground: 'any',
    margin: 0.14,
    maxBytes: 8 * MB,
    names: FREE_NAMES,
    mostPictures: 10,
    source: 'https://recurpost.com/ (quotes Instagram’s help) and https://docs.getlate.dev/',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'copied', bytes: 'copied', ground: 'guess', names: 'guess' },
    note: 'No source was read for what the app covers at the top and the bottom: the margin is a guess.',
  },
  {
    id: 'pinterest',
    channel: 'Pinterest',
    sizes: [{ width: 1000, height: 1500 }],
    ground: 'any',
    margin: 0.08,
    maxBytes: 10 * MB,
    names: FREE_NAMES,
    mostPictures: 5,
    source: 'https://help.pinterest.com/en/business/article/pinterest-product-specs',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'official', bytes: 'copied', ground: 'guess', names: 'guess' },
    note: 'Copies of the page name 10, 20 and 32 MB: the least is kept; the number of pictures is a guess. Pinterest reads the AI label and shows it.',
  },
  {
    id: 'tiktok',
    channel: 'TikTok Shop',
    sizes: [square(1200), square(1000)],
    ground: 'any',
    margin: 0.05,
    maxBytes: 5 * MB,
    names: FREE_NAMES,
    mostPictures: 9,
    source: 'https://tkfff.com/108850 (2023) and https://emberfeed.com/ (7 May 2026)',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'copied', bytes: 'third-party', ground: 'third-party', names: 'guess' },
    note: 'White is advised for the first picture, and a product share of 60 to 80 % by source. No words but the product’s own brand.',
  },
  {
    id: 'google',
    channel: 'Google Merchant',
    sizes: [square(1500), square(1200), square(1000)],
    ground: 'any',
    margin: 0.06,
    maxBytes: 16 * MB,
    names: FREE_NAMES,
    mostPictures: 11,
    source: 'https://support.google.com/merchants/answer/6324350',
    checkedOn: CHECKED_ON,
    confidence: { pixels: 'official', bytes: 'official', ground: 'third-party', names: 'official' },
    note: 'The AI label must stand in every generated picture and must not be taken out. At least 500 pixels from 31 January 2027; no promotional text, watermark or border.',
  },
];

/** @throws Error for an id that is none of PRESET_IDS, which the type forbids */
export function presetOf(id: PresetId): Preset {
  const preset = PRESETS.find((known) => known.id === id);
  if (preset === undefined) throw new Error(`there is no preset ${id}`);
  return preset;
}

export function isPresetId(value: string): value is PresetId {
  return PRESET_IDS.some((id) => id === value);
}
