import { letter, letteringWidth } from './lettering.ts';
import type { Frame } from './scenes/scene.ts';

const TEXT = 'SANDBOX';
/** In units of the frame, whose shorter side is 1000. */
const LETTERS = 16;
const PADDING = 12;
const MARGIN = 22;

/** The pill in the lower right corner that says what the picture is. */
export function sandboxMark(frame: Frame): string {
  const width = letteringWidth(TEXT, LETTERS) + PADDING * 2.6;
  const height = LETTERS + PADDING * 2;
  const left = frame.width - MARGIN - width;
  const top = frame.height - MARGIN - height;
  const words = { x: left + width / 2, y: top + PADDING, height: LETTERS, colour: '#ffffff', weight: 13 };
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" rx="${height / 2}" fill="#14161a" opacity="0.44"/>
    <g opacity="0.92">${letter(TEXT, words)}</g>`;
}
