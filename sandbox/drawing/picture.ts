/**
 * A styled picture: the product stands in a scene, with the shadow it would throw there, the scene's light on
 * it and the sandbox's mark in the corner.
 */
import { compose, drawSvg, type Layer, type Pixels, stretch } from '../drawing.ts';
import { grainTile } from './grain.ts';
import { sandboxMark } from './mark.ts';
import { footOf, productLayers } from './product.ts';
import { createRandom, type Random } from './random.ts';
import { drawerOf, sceneFor } from './scenes/index.ts';
import type { Frame } from './scenes/scene.ts';
import { shadows } from './shadows.ts';

export type PictureRequest = Readonly<{
  /** The product alone, transparent around it. */
  product: Pixels;
  prompt: string;
  /** Pixels. */
  width: number;
  height: number;
  /** Two pictures of one prompt differ by this number; the same number draws the same picture. */
  variation: number;
  /** Whether it says that it is the sandbox's; by default it does. */
  marked?: boolean;
}>;

/**
 * How finely each sheet is drawn, as a share of the picture's own pixels: what lies behind the product may be
 * softer, as it is behind any lens, and light has no edges at all. The stage takes most of the time, which goes
 * with its pixels, so that large pictures have a softer one.
 */
const STAGE_DETAIL = 0.62;
const STAGE_PIXELS = 560_000;
const FRONT_DETAIL = 0.5;
const LIGHT_DETAIL = 0.25;
/** How far, in units, a sheet reaches beyond the frame. */
const RIM = 24;

/** The picture, of exactly the size that was asked for. */
export async function drawPicture(request: PictureRequest): Promise<Pixels> {
  const random = createRandom(`${request.prompt}#${request.variation}`);
  const frame = setUp(request, random);
  const scene = drawerOf(sceneFor(request.prompt))(frame, random);
  const scale = request.width / frame.width;
  const stageDetail = Math.min(STAGE_DETAIL, Math.sqrt(STAGE_PIXELS / (request.width * request.height)));
  const sheet = (svg: string, detail: number) => drawSheet(svg, frame, request, detail);

  const lightLayers = (over: boolean) =>
    Promise.all(
      (scene.lights ?? [])
        .filter((light) => light.over === over)
        .map(async ({ svg, blend }): Promise<Layer> => ({ pixels: await sheet(svg, LIGHT_DETAIL), blend })),
    );

  const shadow = await shadows(request.product, frame, scene);
  const [stage, lightBehind, product, front, lightOver, mark] = await Promise.all([
    sheet(`${scene.stage}${shadow}`, stageDetail),
    lightLayers(false),
    productLayers(request.product, frame, scene, scale),
    scene.front === undefined ? [] : sheet(scene.front, FRONT_DETAIL).then((pixels): Layer[] => [{ pixels }]),
    lightLayers(true),
    request.marked === false ? null : sheet(sandboxMark(frame), 1),
  ]);
  // A tile must not be larger than what it is laid over.
  const tile = grainTile(7, Math.min(192, request.width, request.height));
  const grain: Layer = { pixels: tile, blend: 'soft-light', tiled: true };
  return compose(stage, [
    ...lightBehind,
    ...product,
    ...front,
    ...lightOver,
    grain,
    ...(mark === null ? [] : [{ pixels: mark }]),
  ]);
}

/** Where everything is: the product as large as the frame allows, its foot in the frame's lower part. */
function setUp({ product, width, height }: PictureRequest, random: Random): Frame {
  const unit = 1000 / Math.min(width, height);
  const frame = { width: width * unit, height: height * unit };
  const aspect = product.width / product.height;
  const size = random.between(0.96, 1.04);
  const productHeight = Math.min(frame.height * 0.6, (frame.width * 0.62) / aspect) * size;
  const productWidth = productHeight * aspect;
  const productLeft = (frame.width - productWidth) / 2 + random.between(-0.03, 0.03) * frame.width;
  const foot = footOf(product);
  return {
    ...frame,
    floor: Math.min(frame.height * 0.86, frame.height * 0.535 + productHeight / 2),
    middle: productLeft + foot.middle * productWidth,
    foot: foot.width * productWidth,
    productLeft,
    productWidth,
    productHeight,
    lit: random.pick([-1, 1]),
  };
}

/**
 * SVG elements in the frame's units as pixels of the picture's size, drawn at `detail` and stretched. Filters
 * falter along the drawing's rim, so that it is drawn a little larger than the frame.
 */
async function drawSheet(
  elements: string,
  frame: Frame,
  { width, height }: PictureRequest,
  detail: number,
): Promise<Pixels> {
  const perUnit = (width / frame.width) * detail;
  const rim = detail === 1 ? 0 : Math.round(RIM * perUnit);
  const [sheetWidth, sheetHeight] = [Math.round(width * detail), Math.round(height * detail)];
  const edge = rim / perUnit;
  const size = `width="${sheetWidth + 2 * rim}" height="${sheetHeight + 2 * rim}"`;
  const view = `viewBox="${-edge} ${-edge} ${frame.width + 2 * edge} ${frame.height + 2 * edge}"`;
  const drawn = await drawSvg(
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${view} preserveAspectRatio="none">${elements}</svg>`,
  );
  return detail === 1 ? drawn : stretch(drawn, width, height, { rim });
}
