import { setTimeout as delay } from 'node:timers/promises';
import { alterPicture } from '../drawing/alter.ts';
import { drawPicture } from '../drawing/picture.ts';
import { compose, encode, type Pixels, readPixels, stretch } from '../drawing.ts';
import { moderationBlocked } from './api-error.ts';
import type { Answer, Call, ServerEvent } from './call.ts';
import type { EditRequest } from './edit-request.ts';
import { bannedCategories } from './moderations.ts';
import type { PhotoShelf } from './photo-shelf.ts';
import type { PictureStore } from './picture-store.ts';
import type { Tempo } from './tempo.ts';

/** Output tokens of a picture of 1024 × 1024, as OpenAI's image guide gave them; larger ones cost by their area. */
const OUTPUT_TOKENS = { low: 272, medium: 1056, high: 4160 } as const;
const TOKENS_PER_INPUT_IMAGE = 1020;
const CHARACTERS_PER_TOKEN = 4;
/** An unfinished picture knows this share of the finished one's detail; each further one knows more. */
const PARTIAL_DETAIL = [0.035, 0.08, 0.18] as const;

/** The words of a correction in the data of a prompt: the last image is the picture that they change. */
const CHANGE = /^change: "(.+)"$/m;

/** By so much two shapes may differ before one is no stretched other: sizes are rounded to sixteen pixels. */
const SAME_SHAPE = 0.03;

/**
 * Draws the pictures of POST /images/edits. The tempo's pace passes before each event of a stream, as a model takes its
 * time. Faults: `refusal`; `opaque` draws a scene where a transparent picture was asked for; `one-piece` answers in JSON
 * whatever was asked for, `by-address` as well, with addresses, and `no-picture` in JSON that holds none; `recoloured`
 * draws the product in other colours.
 */
export function createEdits(deps: { shelf: PhotoShelf; store: PictureStore; tempo: Tempo }) {
  const { paceMs, detail } = deps.tempo;
  // Rough pictures are rough in the cheapest way.
  const smooth = detail === 1;
  let drawn = 0;

  /** The product of the first photo that it can be lifted from. */
  async function productOf({ images }: EditRequest): Promise<Pixels> {
    const looks = await Promise.all(images.map((image, index) => deps.shelf.look(image, `image[${index}]`)));
    const best = looks.find(({ kind }) => kind === 'product') ?? looks[0];
    if (best === undefined) throw new Error('an edit request always has an image');
    return best.standing;
  }

  async function draw(request: EditRequest, product: Pixels): Promise<Pixels> {
    drawn += 1;
    const { width, height } = request.size ?? sizeFor(product);
    if (request.background === 'transparent') return alone(product, width, height);
    const change = CHANGE.exec(request.prompt)?.[1];
    const before = request.images.at(-1);
    if (change !== undefined && before !== undefined) {
      const picture = await readPixels(before, Math.max(width, height));
      const isSameShape = Math.abs(picture.width / picture.height / (width / height) - 1) < SAME_SHAPE;
      if (isSameShape) return alterPicture(await stretch(picture, width, height), change);
    }
    const picture = await drawPicture({
      product,
      prompt: request.prompt,
      width: Math.round(width * detail),
      height: Math.round(height * detail),
      variation: drawn,
    });
    return detail === 1 ? picture : stretch(picture, width, height, { smooth });
  }

  return async function edit(asked: EditRequest, call: Call): Promise<Answer> {
    const request: EditRequest = call.fault?.kind === 'opaque' ? { ...asked, background: 'opaque' } : asked;
    const banned = call.fault?.kind === 'refusal' ? ['sexual'] : bannedCategories(request.prompt);
    if (banned.length > 0) throw moderationBlocked(call.requestId, banned);
    // Before a stream is opened: a photo that cannot be read is a plain 400.
    const kind = call.fault?.kind;
    const lifted = await productOf(request);
    const product = kind === 'recoloured' ? recolour(lifted) : lifted;
    const inOnePiece = kind === 'one-piece' || kind === 'by-address' || kind === 'no-picture';
    if (request.stream && !inOnePiece) {
      const isLast = ({ type }: ServerEvent) => type === 'image_edit.completed';
      return { kind: 'stream', events: streamed(request, product, call.gone), isLast };
    }
    const pictures: Pixels[] = [];
    for (let index = 0; index < request.count; index += 1) {
      await delay(paceMs, undefined, { signal: call.gone });
      pictures.push(await draw(request, product));
    }
    const [first] = pictures;
    const encoded = await Promise.all(pictures.map((picture) => base64(picture, request, smooth)));
    const data = encoded.map((b64_json, index) => {
      if (kind !== 'by-address') return { b64_json };
      const path = deps.store.keep(`${call.id}-${index}`, Buffer.from(b64_json, 'base64'));
      return { url: `${call.origin}${path}` };
    });
    return {
      kind: 'body',
      body: {
        created: now(),
        ...(first === undefined ? {} : describe(request, first)),
        data: kind === 'no-picture' ? [] : data,
        usage: usageOf(request, pictures),
      },
    };
  };

  async function* streamed(
    request: EditRequest,
    product: Pixels,
    gone: AbortSignal,
  ): AsyncGenerator<ServerEvent> {
    for (let index = 0; index < request.count; index += 1) {
      await delay(paceMs, undefined, { signal: gone });
      const picture = await draw(request, product);
      for (const [partial, detail] of PARTIAL_DETAIL.slice(0, request.partialImages).entries()) {
        yield {
          type: 'image_edit.partial_image',
          partial_image_index: partial,
          b64_json: await base64(await blurred(picture, detail, smooth), request, smooth),
          created_at: now(),
          ...describe(request, picture),
        };
        await delay(paceMs, undefined, { signal: gone });
      }
      yield {
        type: 'image_edit.completed',
        b64_json: await base64(picture, request, smooth),
        created_at: now(),
        ...describe(request, picture),
        usage: usageOf(request, [picture]),
      };
    }
  }
}

/** Red and blue change places. */
export function recolour({ data, width, height }: Pixels): Pixels {
  const swapped = new Uint8Array(data);
  for (let at = 0; at < data.length; at += 4) {
    swapped[at] = data[at + 2] ?? 0;
    swapped[at + 2] = data[at] ?? 0;
  }
  return { data: swapped, width, height };
}

/** Nine tenths of the frame, as a cut-out for a shop has it. */
const ALONE_SHARE = 0.9;

/** The product in the middle of nothing. */
async function alone(product: Pixels, width: number, height: number): Promise<Pixels> {
  const scale = Math.min((width * ALONE_SHARE) / product.width, (height * ALONE_SHARE) / product.height);
  const [across, down] = [Math.round(product.width * scale), Math.round(product.height * scale)];
  const nothing: Pixels = { data: new Uint8Array(width * height * 4), width, height };
  const [left, top] = [Math.round((width - across) / 2), Math.round((height - down) / 2)];
  return compose(nothing, [{ pixels: await stretch(product, across, down), left, top }]);
}

/** The standard size nearest to a product's shape, which is what `auto` ends in. */
function sizeFor({ width, height }: Pixels): { width: number; height: number } {
  if (width > height * 1.25) return { width: 1536, height: 1024 };
  return height > width * 1.25 ? { width: 1024, height: 1536 } : { width: 1024, height: 1024 };
}

async function blurred(picture: Pixels, detail: number, smooth: boolean): Promise<Pixels> {
  const { width, height } = picture;
  const small = await stretch(picture, Math.ceil(width * detail), Math.ceil(height * detail), { smooth });
  return stretch(small, width, height, { smooth });
}

async function base64(
  picture: Pixels,
  { format, compression }: EditRequest,
  small: boolean,
): Promise<string> {
  // Above 92 the bytes grow threefold and nothing is seen of it.
  const bytes = await encode(picture, format, { quality: Math.min(92, compression), small });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function describe(request: EditRequest, picture: Pixels): object {
  return {
    size: `${picture.width}x${picture.height}`,
    quality: request.quality,
    // Scenes have no transparent parts: the double answers what it did.
    background: request.background === 'transparent' ? 'transparent' : 'opaque',
    output_format: request.format,
  };
}

function usageOf(request: EditRequest, pictures: readonly Pixels[]): object {
  const text = Math.ceil(request.prompt.length / CHARACTERS_PER_TOKEN);
  const images = request.images.length * TOKENS_PER_INPUT_IMAGE;
  const output = pictures.reduce(
    (sum, { width, height }) =>
      sum + Math.round((OUTPUT_TOKENS[request.quality] * width * height) / 1024 ** 2),
    0,
  );
  return {
    input_tokens: text + images,
    input_tokens_details: { text_tokens: text, image_tokens: images },
    output_tokens: output,
    output_tokens_details: { image_tokens: output, text_tokens: 0 },
    total_tokens: text + images + output,
  };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
