/** A seller's saved styles, each with its name and its format. */
import { STYLE_NAME_LENGTH } from '../photoshoots/limits.ts';
import type { Preset } from '../photoshoots/styles/presets.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { button, lines, type Screen, shorten } from './screen.ts';

/** Characters of a style's words that are shown; who wrote them knows the rest. */
const SHOWN_WORDS = 200;
/** Characters of a name that leave room for the format on the same key. */
const NAME_ON_KEY = 22;

/** What a key of a saved style says: its name, and the format that it brings along. */
export function presetKey(t: Translate, preset: Preset): string {
  const format = formatOf(t, preset);
  if (format === null) return preset.title;
  return t('preset-key', { title: shorten(preset.title, NAME_ON_KEY), format });
}

/** One saved style: what is kept of it, and what can be done with it. */
export function presetCard(t: Translate, preset: Preset): Screen {
  return {
    text: lines(
      t('preset-title', { title: escapeHtml(preset.title) }),
      formatLine(t, preset),
      '',
      t('preset-use'),
    ),
    keyboard: [
      [button(t('button-rename-style'), 'rename', preset.id)],
      [button(t('button-forget'), 'forget', preset.id, undefined, { style: 'danger' })],
      [button(t('button-back'), 'menu', 'styles')],
    ],
  };
}

/** An own style was saved under a name that was made from its words. */
export function savedOwnCard(t: Translate, preset: Preset): Screen {
  return {
    text: lines(
      t('preset-saved', { title: escapeHtml(preset.title) }),
      formatLine(t, preset),
      t('card-words', { words: escapeHtml(shorten(preset.prompt, SHOWN_WORDS)) }),
    ),
    keyboard: [[button(t('button-rename-style'), 'rename', preset.id)]],
  };
}

/** Asks for another name. */
export function presetNameCard(t: Translate, preset: Preset): Screen {
  return {
    text: t('preset-name', { title: escapeHtml(preset.title), ...STYLE_NAME_LENGTH }),
    keyboard: [[button(t('button-back'), 'preset', preset.id)]],
  };
}

function formatLine(t: Translate, preset: Preset): string | null {
  const format = formatOf(t, preset);
  return format === null ? null : t('preset-format', { format });
}

/** `3:4`, or `3:4` and that it is large; null where none was kept. */
function formatOf(t: Translate, { ratio, size }: Preset): string | null {
  if (ratio === null) return null;
  return size === 'large' ? t('preset-format-large', { ratio }) : ratio;
}
