/** The message under a finished album: what it cost, and what can be done next. */
import type { Likeness } from '../photoshoots/likeness.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { creditsOf, worthOf } from '../photoshoots/picture-price.ts';
import { UNCLAIMED } from '../photoshoots/run/end-unclaimed.ts';
import type { Picture } from '../photoshoots/run/start-photoshoot.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, type Keyboard, lines, type Screen, shorten } from './screen.ts';
import { truthLines } from './truth-lines.ts';

export type PhotoshootResult = {
  photoshootId: number;
  size: Photoshoot['size'];
  state: 'completed' | 'cancelled' | 'failed';
  productName: string | null;
  pictures: readonly (Pick<Picture, 'id' | 'position' | 'style' | 'credits' | 'creditsSaved' | 'reshaped'> & {
    delivered: boolean;
    /** What came of holding it against the photo; null where nobody did. */
    likeness: Likeness | null;
    /** Credits that another one like it costs. */
    nextCredits: number;
  })[];
  /** Why some or all are missing. */
  failureCode: string | null;
  /** Of the credits that came back, how many went to the refund of a purchase. */
  repaid: number;
  creditsLeft: number;
  /** Whether its one picture is a product with nothing around it. */
  isCutOut: boolean;
  /** Whether its originals are PNG, as far as is known before they are asked for. */
  originalsArePng: boolean;
  /** What its one picture changes, in the seller's words; null where it corrects none. */
  correction: string | null;
  /** Credits of a picture that drifted or was not right, which came back for this one. */
  paidByBefore: number;
};

/** Characters of a correction's words below its picture. */
const SHOWN_WORDS = 200;

/** Failures that have a sentence of their own; any other one is ours. */
const EXPLAINED_FAILURES = [
  'provider-refused',
  'provider-unavailable',
  'provider-rejected',
  'file-gone',
  'image-unreadable',
  'no-cut-out',
  'unexpected',
  UNCLAIMED,
] as const;

export function resultCard(t: Translate, result: PhotoshootResult): Screen {
  const delivered = result.pictures.filter((picture) => picture.delivered);
  const released = result.pictures.length - delivered.length;
  const keys = {
    photoshootId: result.photoshootId,
    size: result.size,
    ordered: result.pictures.length,
    isCorrection: result.correction !== null,
    isCutOut: result.isCutOut,
    originalsArePng: result.originalsArePng,
  };
  return {
    text: lines(
      t('result-title', { name: escapeHtml(result.productName || t('result-product')) }),
      headline(t, result, delivered.length),
      result.correction !== null &&
        t('card-words', { words: escapeHtml(shorten(result.correction, SHOWN_WORDS)) }),
      delivered.length > 1 && styleList(delivered),
      result.failureCode !== null && result.state !== 'cancelled' && t(failureText(result.failureCode)),
      result.state === 'completed' && released > 0 && t('result-released', { released }),
      ...remarks(t, delivered),
      result.repaid > 0 && t('result-repaid', { repaid: result.repaid }),
      ...truthLines(t, delivered),
      delivered.length > 0 && t('result-change'),
      t('result-credits', {
        used: Math.max(0, sumOf(delivered, worthOf) - result.paidByBefore),
        left: result.creditsLeft,
      }),
    ),
    keyboard: delivered.length === 0 ? retryKeyboard(t, keys) : resultKeyboard(t, keys, delivered),
  };
}

/** The message under an album that was sent again from the history: the same things can be done with it. */
export function shownCard(
  t: Translate,
  shown: ResultKeys & {
    productName: string | null;
    delivered: readonly { id: number; position: number; nextCredits: number }[];
  },
): Screen {
  return {
    text: lines(
      t('result-title', { name: escapeHtml(shown.productName || t('result-product')) }),
      t('result-ready', { delivered: shown.delivered.length }),
      t('result-change'),
    ),
    keyboard: resultKeyboard(t, shown, shown.delivered),
  };
}

function headline(t: Translate, result: PhotoshootResult, delivered: number): string {
  switch (result.state) {
    case 'completed':
      return t('result-ready', { delivered });
    case 'cancelled':
      return t('result-cancelled', { delivered });
    case 'failed':
      return t(result.failureCode === UNCLAIMED ? 'result-unclaimed' : 'result-failed');
    default: {
      const never: never = result.state;
      throw new Error(`unknown outcome ${String(never)}`);
    }
  }
}

/** What is not as it was ordered, though it arrived. */
function remarks(
  t: Translate,
  delivered: readonly Pick<Picture, 'creditsSaved' | 'reshaped'>[],
): (string | false)[] {
  const count = (reshaped: Picture['reshaped']) =>
    delivered.filter((picture) => picture.reshaped === reshaped).length;
  const [cut, extended] = [count('cut'), count('extended')];
  const smaller = delivered.filter(({ creditsSaved }) => creditsSaved > 0);
  return [
    smaller.length > 0 &&
      t('result-smaller', {
        pictures: smaller.length,
        credits: sumOf(smaller, ({ creditsSaved }) => creditsSaved),
      }),
    cut > 0 && t('result-cut', { pictures: cut }),
    extended > 0 && t('result-extended', { pictures: extended }),
  ];
}

function sumOf<T>(pictures: readonly T[], creditsFor: (picture: T) => number): number {
  return pictures.reduce((sum, picture) => sum + creditsFor(picture), 0);
}

/** An album shows a style only below the one picture that is opened. */
function styleList(pictures: readonly { position: number; style: string }[]): string {
  return pictures.map(({ position, style }) => `${position}.\u00a0${escapeHtml(style)}`).join(' · ');
}

function failureText(code: string): string {
  const known = EXPLAINED_FAILURES.find((explained) => explained === code);
  if (known !== undefined) return `failure-${known}`;
  // A photo that was good when it was looked at: a later part of its album is not.
  return code.startsWith('image-') ? 'failure-image-unreadable' : 'failure-unexpected';
}

type ResultKeys = {
  photoshootId: number;
  size: Photoshoot['size'];
  /** How many pictures it was to have: what “Again” makes and costs. */
  ordered: number;
  isCorrection: boolean;
  isCutOut: boolean;
  originalsArePng: boolean;
};

function resultKeyboard(
  t: Translate,
  keys: ResultKeys,
  delivered: readonly { id: number; position: number; nextCredits: number }[],
): Keyboard {
  const [first, ...others] = delivered;
  if (first === undefined) return retryKeyboard(t, keys);
  const isOnly = others.length === 0;
  return [
    [
      button(
        t(keys.originalsArePng ? 'button-originals' : 'button-originals-as-made'),
        'originals',
        keys.photoshootId,
        undefined,
        { style: 'primary' },
      ),
      // A cut-out comes as JPEG on white by itself.
      ...(keys.originalsArePng && !keys.isCutOut
        ? [button(t('button-jpegs'), 'originals', keys.photoshootId, 'jpeg')]
        : []),
    ],
    [button(t('button-pack'), 'pack', keys.photoshootId)],
    [
      button(t('button-cut-out-short'), 'cutout', keys.photoshootId),
      // The words of a correction are no style to be saved; there is a version before it instead. A cut-out has none.
      ...(keys.isCorrection ? [button(t('button-undo'), 'undo', first.id)] : []),
      ...(keys.isCorrection || keys.isCutOut ? [] : [button(t('button-save'), 'save', keys.photoshootId)]),
    ],
    [button(t('button-listing'), 'listing', keys.photoshootId)],
    [
      button(t('button-change'), 'change', first.id),
      isOnly
        ? button(t('button-not-right'), 'notright', first.id)
        : button(t('button-not-right'), 'problem', keys.photoshootId),
    ],
    [againKey(t, keys)],
    // A price needs a row.
    ...(isOnly
      ? [[restyleKey(t, keys)], [button(t('button-more', { credits: first.nextCredits }), 'more', first.id)]]
      : [[restyleKey(t, keys), button(t('button-likes'), 'likes', keys.photoshootId)]]),
  ];
}

function retryKeyboard(t: Translate, keys: ResultKeys): Keyboard {
  return [[againKey(t, keys)], [restyleKey(t, keys)]];
}

function againKey(t: Translate, { photoshootId, ordered, size }: ResultKeys): Keyboard[number][number] {
  return button(t('button-again', { credits: ordered * creditsOf(size) }), 'again', photoshootId);
}

function restyleKey(t: Translate, { photoshootId }: ResultKeys): Keyboard[number][number] {
  return button(t('button-restyle'), 'restyle', photoshootId);
}
