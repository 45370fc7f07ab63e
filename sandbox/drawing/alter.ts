/** A finished picture with its light changed: what a correction of it comes to in the sandbox. */
import { compose, drawSvg, type Pixels } from '../drawing.ts';

const LIGHTS = [
  { words: /dark|night|dim|тёмн|темн|ноч/iu, colour: '#1d2433', strength: 0.5, blend: 'multiply' },
  { words: /cold|cool|blue|холод|син|голуб/iu, colour: '#2f6fd6', strength: 0.3, blend: 'soft-light' },
  { words: /light|bright|white|светл|ярк|бел/iu, colour: '#ffffff', strength: 0.3, blend: 'screen' },
] as const;
/** When the words say nothing of light: so much that the change is seen. */
const WARM = { colour: '#ff9a3c', strength: 0.45, blend: 'soft-light' } as const;

/** The same picture in the light that the words ask for, the light strongest around the product and not on it. */
export async function alterPicture(picture: Pixels, words: string): Promise<Pixels> {
  const { width, height } = picture;
  const { colour, strength, blend } = LIGHTS.find((light) => light.words.test(words)) ?? WARM;
  const light = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">` +
      '<defs><radialGradient id="light" cx="50%" cy="55%" r="75%">' +
      `<stop offset="0.3" stop-color="${colour}" stop-opacity="0"/>` +
      `<stop offset="1" stop-color="${colour}" stop-opacity="${strength}"/></radialGradient></defs>` +
      '<rect width="100%" height="100%" fill="url(#light)"/></svg>',
  );
  return compose(picture, [{ pixels: light, blend }]);
}
