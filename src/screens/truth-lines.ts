/** What is said of pictures that were held against their photo. */
import type { DRIFTS, Likeness } from '../photoshoots/likeness.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { shorten } from './screen.ts';

/** What is known of the label of a picture that is safe as main photo, the surest first. */
const SAFE_LABELS = ['as-in-photo', 'none', 'not-read'] as const;

/** Characters of a label's line in a sentence. */
const SHOWN_LABEL = 30;

/** A delivered picture, what came of holding it against the photo, and what another one like it costs. */
type Truthful = Readonly<{ position: number; likeness: Likeness | null; nextCredits: number }>;

/** What is known of the pictures' truth, a line a verdict; what was not measured is not spoken of. */
export function truthLines(t: Translate, delivered: readonly Truthful[]): string[] {
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

function driftText(t: Translate, drift: (typeof DRIFTS)[number], label: Likeness['label']): string {
  if (drift !== 'label' || label.kind !== 'differs') return t(`truth-${drift}`);
  const shown = (words: string) => escapeHtml(shorten(words, SHOWN_LABEL));
  return t('truth-label', { photo: shown(label.photo), picture: shown(label.picture) });
}
