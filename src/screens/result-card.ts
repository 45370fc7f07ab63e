/** The message under a finished album: what it cost, and what can be done next. */

import { GIVE_BACK_REASONS, type GiveBackQuota } from '../photoshoots/give-back.ts';
import type { DRIFTS, Likeness } from '../photoshoots/likeness.ts';
import type { Photoshoot } from '../photoshoots/photoshoot.ts';
import { creditsOf, worthOf } from '../photoshoots/picture-price.ts';
import { UNCLAIMED } from '../photoshoots/run/end-unclaimed.ts';
import type { Picture } from '../photoshoots/run/start-photoshoot.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, inRows, type Keyboard, lines, type Screen, shorten } from './screen.ts';

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
  shown: {
    photoshootId: number;
    size: Photoshoot['size'];
    productName: string | null;
    /** How many pictures it was to have: what “Again” makes and costs. */
    ordered: number;
    isCorrection: boolean;
    isCutOut: boolean;
    originalsArePng: boolean;
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

/** Which picture of an album is not right, and how many credits come back. */
export function problemCard(
  t: Translate,
  pictures: readonly { id: number; position: number }[],
  quota: GiveBackQuota,
): Screen {
  return {
    text: lines(t('not-right-which'), '', giveBackRule(t, quota)),
    keyboard: inRows(
      pictures.map((picture) =>
        button(t('not-right-picture', { position: picture.position }), 'notright', picture.id),
      ),
      2,
    ),
  };
}

/**
 * Asks what is to be changed, and in which picture of several.
 * @param chosenId the picture that the next words are about
 */
export function changeCard(
  t: Translate,
  pictures: readonly { id: number; position: number }[],
  chosenId: number,
): Screen {
  const choices = pictures.map(({ id, position }) => {
    const title = t('button-picture', { position });
    return id === chosenId
      ? button(t('button-chosen', { title }), 'change', id, 'asked', { style: 'primary' })
      : button(title, 'change', id, 'asked');
  });
  return { text: t('change-ask'), keyboard: pictures.length > 1 ? [choices] : [] };
}

/** Which picture of an album there is to be one more of. */
export function likesCard(
  t: Translate,
  pictures: readonly { id: number; position: number; nextCredits: number }[],
): Screen {
  return {
    text: t('likes-which'),
    keyboard: inRows(
      pictures.map(({ id, position, nextCredits: credits }) =>
        button(t('likes-picture', { position, credits }), 'more', id),
      ),
      2,
    ),
  };
}

/** What can be done about a picture that is not right. */
export function notRightCard(t: Translate, pictureId: number, quota: GiveBackQuota): Screen {
  return {
    text: lines(t('not-right-ask'), '', giveBackRule(t, quota)),
    keyboard: [
      [button(t('button-redo'), 'redo', pictureId, undefined, { style: 'primary' })],
      [button(t('button-give-back'), 'giveback', pictureId)],
    ],
  };
}

/** It is made once more; one question about the reason. */
export function redoneCard(t: Translate, pictureId: number): Screen {
  return { text: t('not-right-redo'), keyboard: reasonKeys(t, pictureId) };
}

/** What it cost is back; one question about the reason. @param about.repaid of its credits, those that went to a refund */
export function givenBackCard(
  t: Translate,
  pictureId: number,
  { credits, repaid, ...quota }: GiveBackQuota & { credits: number; repaid: number },
): Screen {
  return {
    text: lines(
      repaid === credits ? t('not-right-repaid') : t('not-right-done', { credits: credits - repaid }),
      '',
      giveBackRule(t, quota),
    ),
    keyboard: reasonKeys(t, pictureId),
  };
}

function reasonKeys(t: Translate, pictureId: number): Keyboard {
  return GIVE_BACK_REASONS.map((reason) => [button(t(`reason-${reason}`), 'reason', pictureId, reason)]);
}

/** Below the word that the quota is used up: a person can do more than the rule. */
export function notGivenBackCard(t: Translate): Screen {
  return { text: t('give-back-refused'), keyboard: [[button(t('button-support'), 'support', 'new')]] };
}

/** How many pictures come back, as it is kept (photoshoots/give-back). */
export function giveBackRule(t: Translate, { perDay, sharePercent }: GiveBackQuota): string {
  return perDay === 0 ? t('give-back-none') : t('give-back-rule', { perDay, percent: sharePercent });
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

/** What is known of the pictures' truth, a line a verdict; what was not measured is not spoken of. */
type Truthful = Pick<PhotoshootResult['pictures'][number], 'position' | 'likeness' | 'nextCredits'>;

function truthLines(t: Translate, delivered: readonly Truthful[]): string[] {
  const isOnly = delivered.length === 1;
  const ofKind = (kind: Likeness['kind'], label: Likeness['label']['kind']) =>
    delivered.filter(({ likeness }) => likeness?.kind === kind && likeness.label.kind === label);
  const said = (pictures: readonly Truthful[], text: string) => {
    if (pictures.length === 0) return [];
    const numbers = pictures.map(({ position }) => position).join(', ');
    return [isOnly ? t(`truth-${text}`) : t(`truth-${text}-of`, { pictures: numbers })];
  };
  const drifted = delivered.flatMap(({ position, likeness, nextCredits }) =>
    likeness?.kind === 'drifted' ? [{ position, likeness, nextCredits }] : [],
  );
  return [
    ...SAFE_LABELS.flatMap((label) => said(ofKind('same', label), `same-${label}`)),
    ...said(ofKind('not-measured', 'as-in-photo'), 'label-alone'),
    ...drifted.map(({ position, likeness }) => {
      const reasons = likeness.drifts.map((drift) => driftText(t, drift, likeness.label)).join(', ');
      return isOnly ? t('truth-drifted', { reasons }) : t('truth-drifted-of', { position, reasons });
    }),
    ...(drifted.some(({ nextCredits }) => nextCredits === 0) ? [t('truth-free')] : []),
  ];
}

/** What is known of the label of a picture that is safe as main photo, the surest first. */
const SAFE_LABELS = ['as-in-photo', 'none', 'not-read'] as const;

/** Characters of a label's line in a sentence. */
const SHOWN_LABEL = 30;

function driftText(t: Translate, drift: (typeof DRIFTS)[number], label: Likeness['label']): string {
  if (drift !== 'label' || label.kind !== 'differs') return t(`truth-${drift}`);
  const shown = (words: string) => escapeHtml(shorten(words, SHOWN_LABEL));
  return t('truth-label', { photo: shown(label.photo), picture: shown(label.picture) });
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
    [
      button(t('button-pack'), 'pack', keys.photoshootId),
      button(t('button-cut-out-short'), 'cutout', keys.photoshootId),
    ],
    [
      button(t('button-listing'), 'listing', keys.photoshootId),
      // The words of a correction are no style to be saved; there is a version before it instead. A cut-out has none.
      ...(keys.isCorrection ? [button(t('button-undo'), 'undo', first.id)] : []),
      ...(keys.isCorrection || keys.isCutOut ? [] : [button(t('button-save'), 'save', keys.photoshootId)]),
    ],
    ...retryKeyboard(t, keys),
    [
      button(t('button-change'), 'change', first.id),
      isOnly
        ? button(t('button-not-right'), 'notright', first.id)
        : button(t('button-not-right'), 'problem', keys.photoshootId),
    ],
    [
      isOnly
        ? button(t('button-more', { credits: first.nextCredits }), 'more', first.id)
        : button(t('button-likes'), 'likes', keys.photoshootId),
    ],
  ];
}

function retryKeyboard(t: Translate, { photoshootId, ordered, size }: ResultKeys): Keyboard {
  const credits = ordered * creditsOf(size);
  return [
    [
      button(t('button-again', { credits }), 'again', photoshootId),
      button(t('button-restyle'), 'restyle', photoshootId),
    ],
  ];
}
