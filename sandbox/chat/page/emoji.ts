const SIDE = 16;
const SAMPLE = '🎨';

/**
 * Takes the font of emoji that the sandbox serves (theme.css) where the machine draws none in colour, and resolves when
 * it is there: a key that was drawn before kept an empty box. Elsewhere the machine's own ones stay, and no byte is
 * loaded.
 */
export async function bringEmoji(): Promise<void> {
  if (hasColouredEmoji()) return;
  document.documentElement.classList.add('without-emoji');
  await document.fonts.load(`${SIDE}px "Vitrine Emoji"`, SAMPLE);
}

/** Told by drawing one: a machine without them draws an empty box, in the ink's grey. */
function hasColouredEmoji(): boolean {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return true;
  context.font = `${SIDE - 2}px sans-serif`;
  context.textBaseline = 'top';
  context.fillText(SAMPLE, 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.some((value, index) => index % 4 === 1 && value !== data[index - 1]);
}
