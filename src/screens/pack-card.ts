/** Files for sales channels: what is chosen, what is being made, and what came of it. */
import type { Pack } from '../marketplaces/pack.ts';
import { PRESETS, type Preset, type PresetId, type Size } from '../marketplaces/presets.ts';
import { creditsOf } from '../photoshoots/picture-price.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, inRows, type Keyboard, lines, type Screen } from './screen.ts';

/** One file that was made, or that could not be. */
export type PackOutcome = { preset: PresetId } & (
  | { kind: 'made'; size: Size; change: 'whole' | 'cut' | 'extended' }
  | { kind: 'too-small'; needs: Size }
  | { kind: 'too-heavy' | 'unreadable' | 'no-cut-out' }
);

export type PackReport = {
  outcomes: readonly PackOutcome[];
  /** Pictures that had to be taken from the preview, because their original is no longer kept. */
  fromPreview: number;
  /** Pictures of which nothing is kept any more. */
  gone: number;
  /** Too many for an album: they come as one ZIP. */
  onlyZip: boolean;
  /** What the same pictures cost large; null where they are, or cannot be made. */
  largeCredits: number | null;
  /** What a model's cut-out costs; null where none can be made. */
  cutOutCredits: number | null;
};

/** The choice of channels. @param report what came of the last time, where there was one */
export function packCard(
  t: Translate,
  pack: Pick<Pack, 'photoshootId' | 'channels' | 'sku'>,
  pictures: number,
  report: PackReport | null = null,
): Screen {
  const { photoshootId, channels, sku } = pack;
  const files = countFiles(channels, pictures);
  const keys = PRESETS.map(({ id, channel }) =>
    button(
      channels.includes(id) ? t('button-chosen', { title: channel }) : channel,
      'channel',
      photoshootId,
      id,
    ),
  );
  const make =
    files === 0
      ? button(t('button-pack-none'), 'makepack', photoshootId)
      : button(t('button-pack-make', { files }), 'makepack', photoshootId, undefined, { style: 'primary' });
  return {
    text: lines(
      report !== null && `${reportText(t, report)}\n`,
      t('pack-title'),
      t('pack-hint'),
      '',
      sku === null ? t('pack-without-sku') : t('pack-sku', { sku: escapeHtml(sku) }),
    ),
    keyboard: [
      ...inRows(keys, 2),
      ...largeRows(t, photoshootId, report),
      ...whiteRows(t, photoshootId, report),
      [button(t('button-cut-out'), 'cutout', photoshootId)],
      [button(t(sku === null ? 'button-sku-add' : 'button-sku-change'), 'sku', photoshootId)],
      [make],
    ],
  };
}

/** A way to files of the advised size, where some were smaller or could not be made. */
function largeRows(t: Translate, photoshootId: number, report: PackReport | null): Keyboard {
  if (report === null || report.largeCredits === null) return [];
  const wantMore = report.outcomes.some(
    (outcome) =>
      outcome.kind === 'too-small' || (outcome.kind === 'made' && isSmaller(outcome.preset, outcome.size)),
  );
  if (!wantMore) return [];
  return [
    [button(t('button-again-large', { credits: report.largeCredits }), 'again', photoshootId, 'large')],
  ];
}

/** A way to what needs pure white, where the product could not be cut out for nothing. */
function whiteRows(t: Translate, photoshootId: number, report: PackReport | null): Keyboard {
  if (report === null || report.cutOutCredits === null) return [];
  if (!report.outcomes.some(({ kind }) => kind === 'no-cut-out')) return [];
  return [
    [button(t('button-white-model', { credits: report.cutOutCredits }), 'cutout', photoshootId, 'model')],
  ];
}

/** No picture could be cut out with certainty: a model can, where there is one. */
export function cutOutUnsureCard(
  t: Translate,
  photoshootId: number,
  { cutsOut }: { cutsOut: boolean },
): Screen {
  const key = button(
    t('button-cut-out-model', { credits: creditsOf('usual') }),
    'cutout',
    photoshootId,
    'model',
  );
  return {
    text: lines(t('cut-out-unsure'), cutsOut && t('cut-out-by-model')),
    keyboard: cutsOut ? [[key]] : [],
  };
}

/** Asks for the SKU. */
export function skuCard(t: Translate, photoshootId: number): Screen {
  return { text: t('pack-sku-ask'), keyboard: [[button(t('button-back'), 'pack', photoshootId, 'back')]] };
}

/** What is shown while files are made. */
export function packProgressCard(t: Translate, done: number, total: number): Screen {
  return { text: t('pack-making', { done, total }), keyboard: [] };
}

/** Files that a choice is about to make: every picture for every channel, as many as an item may have there. */
export function countFiles(channels: readonly PresetId[], pictures: number): number {
  return PRESETS.filter(({ id }) => channels.includes(id)).reduce(
    (files, { mostPictures }) => files + Math.min(pictures, mostPictures),
    0,
  );
}

/** What was made, and in a sentence each what was not and what was changed. */
export function reportText(t: Translate, { outcomes, fromPreview, gone, onlyZip }: PackReport): string {
  const made = outcomes.filter((outcome) => outcome.kind === 'made');
  const changed = (change: 'cut' | 'extended') =>
    channelsOf(made.filter((outcome) => outcome.change === change));
  const [cut, extended] = [changed('cut'), changed('extended')];
  const smaller = named(made.filter(({ preset, size }) => isSmaller(preset, size)).map(withSize));
  const tooSmall = named(
    outcomes.flatMap((outcome) => (outcome.kind === 'too-small' ? [needed(outcome)] : [])),
  );
  const others = (kind: 'too-heavy' | 'unreadable' | 'no-cut-out') =>
    channelsOf(outcomes.filter((outcome) => outcome.kind === kind));
  const [heavy, unreadable, noCutOut] = [others('too-heavy'), others('unreadable'), others('no-cut-out')];
  return lines(
    made.length === 0
      ? t('pack-nothing')
      : t('pack-ready', { files: made.length, channels: channelsOf(made) }),
    made.length > 0 && onlyZip && t('pack-only-zip'),
    cut !== '' && t('pack-cut', { channels: cut }),
    extended !== '' && t('pack-extended', { channels: extended }),
    smaller !== '' && t('pack-smaller', { channels: smaller }),
    tooSmall !== '' && t('pack-too-small', { channels: tooSmall }),
    noCutOut !== '' && t('pack-no-cut-out', { channels: noCutOut }),
    heavy !== '' && t('pack-too-heavy', { channels: heavy }),
    unreadable !== '' && t('pack-unreadable', { channels: unreadable }),
    fromPreview > 0 && t('pack-from-preview', { pictures: fromPreview }),
    gone > 0 && t('pack-gone', { pictures: gone }),
  );
}

function channelsOf(outcomes: readonly { preset: PresetId }[]): string {
  return named(outcomes.map(({ preset }) => known(preset).channel));
}

function withSize({ preset, size }: { preset: PresetId; size: Size }): string {
  return `${known(preset).channel} (${sides(size)})`;
}

function needed({ preset, needs }: { preset: PresetId; needs: Size }): string {
  return `${known(preset).channel} (${sides(needs)})`;
}

function isSmaller(preset: PresetId, { width }: Size): boolean {
  return width < known(preset).sizes[0].width;
}

function sides({ width, height }: Size): string {
  return `${width}×${height}`;
}

function named(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}

function known(id: PresetId): Preset {
  const preset = PRESETS.find((one) => one.id === id);
  if (preset === undefined) throw new Error(`there is no preset ${id}`);
  return preset;
}
