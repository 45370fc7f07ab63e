const SIDE = 16;

/**
 * Takes the font of emoji that comes with the dashboard (style.css) where the machine draws none in colour. Elsewhere
 * its own ones stay, and no byte is loaded.
 */
export function bringEmoji() {
  if (!hasColouredEmoji()) document.documentElement.classList.add('without-emoji');
}

/** Told by drawing one: a machine without them draws an empty box, in the ink's grey. */
function hasColouredEmoji() {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return true;
  context.font = `${SIDE - 2}px sans-serif`;
  context.textBaseline = 'top';
  context.fillText('🎨', 0, 0);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  return data.some((value, index) => index % 4 === 1 && value !== data[index - 1]);
}
