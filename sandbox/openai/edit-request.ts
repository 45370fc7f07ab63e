import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { invalidRequest, missing } from './api-error.ts';
import { takesAnySize } from './models.ts';
import { parsed } from './parsed.ts';

export type EditRequest = Readonly<{
  model: string;
  prompt: string;
  images: readonly Uint8Array[];
  /** Pixels; null leaves the size to the model. */
  size: { width: number; height: number } | null;
  count: number;
  quality: 'low' | 'medium' | 'high';
  format: 'png' | 'webp' | 'jpeg';
  /** 1–100. */
  compression: number;
  background: 'auto' | 'opaque' | 'transparent';
  stream: boolean;
  partialImages: number;
}>;

/** Sources: OpenAI's images API reference and its SDK's types, November 2026. */
const MAX_IMAGES = 16;
const MAX_IMAGE_BYTES = 50 * 1024 * 1024;
const MAX_FIELD_BYTES = 256 * 1024;
const SIZE_STEP = 16;
const LONGEST_RATIO = 3;
/** Either way round. */
const MAX_LONG_SIDE = 3840;
const MAX_SHORT_SIDE = 2160;
const LEAST_PIXELS = 655_360;
const STANDARD_SIZES = ['1024x1024', '1536x1024', '1024x1536'];

const wholeNumber = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

const FIELDS = z.object({
  model: z.string(),
  prompt: z.string().min(1).max(32_000),
  size: z.string().default('auto'),
  n: wholeNumber(1, 10).default(1),
  quality: z.enum(['low', 'medium', 'high', 'xhigh', 'max', 'auto']).default('auto'),
  output_format: z.enum(['png', 'webp', 'jpeg']).default('png'),
  output_compression: wholeNumber(0, 100).default(100),
  background: z.enum(['auto', 'opaque', 'transparent']).default('auto'),
  stream: z.enum(['true', 'false']).default('false'),
  partial_images: wholeNumber(0, 3).default(0),
  input_fidelity: z.enum(['high', 'low']).optional(),
});

/** What the form of POST /images/edits holds, unchecked but for its files. */
export type EditForm = Readonly<{ fields: Readonly<Record<string, unknown>>; images: readonly Uint8Array[] }>;

/** @throws ApiError about the first thing that the API would not take. */
export function checkEdit({ fields, images }: EditForm): EditRequest {
  if ('response_format' in fields) {
    throw invalidRequest("Unknown parameter: 'response_format'.", 'response_format', 'unknown_parameter');
  }
  const form = parsed(FIELDS, fields);
  const anySize = takesAnySize(form.model);
  if (images.length === 0) throw missing('image');
  if (form.input_fidelity !== undefined && anySize) {
    throw invalidRequest(
      `The model '${form.model}' does not support the 'input_fidelity' parameter.`,
      'input_fidelity',
      'invalid_input_fidelity_model',
    );
  }
  if (form.background === 'transparent' && form.output_format === 'jpeg') {
    throw invalidRequest(
      "Transparent background is not supported for output format 'jpeg'.",
      'background',
      'invalid_value',
    );
  }
  return {
    model: form.model,
    prompt: form.prompt,
    images,
    size: readSize(form.size, anySize),
    count: form.n,
    quality: form.quality === 'low' || form.quality === 'medium' ? form.quality : 'high',
    format: form.output_format,
    compression: Math.max(1, form.output_compression),
    background: form.background,
    stream: form.stream === 'true',
    partialImages: form.partial_images,
  };
}

/** @throws ApiError when the request is no form, or a file in it is no picture or too large. */
export async function readForm(request: FastifyRequest): Promise<EditForm> {
  if (!request.isMultipart()) {
    const why = "Unsupported content type. The sandbox takes 'multipart/form-data' here.";
    throw invalidRequest(why, null, 'unsupported_content_type');
  }
  const fields: Record<string, unknown> = {};
  const images: Uint8Array[] = [];
  const limits = { fileSize: MAX_IMAGE_BYTES, files: MAX_IMAGES + 1, fieldSize: MAX_FIELD_BYTES, parts: 64 };
  for await (const part of request.parts({ limits })) {
    if (part.type === 'field') {
      fields[part.fieldname] = part.value;
      continue;
    }
    const bytes = await readFile(part, `image[${images.length}]`);
    if (part.fieldname === 'image' || part.fieldname === 'image[]') images.push(bytes);
  }
  if (images.length > MAX_IMAGES) {
    throw invalidRequest(
      `Too many images: at most ${MAX_IMAGES} are allowed.`,
      'image',
      'array_above_max_length',
    );
  }
  return { fields, images };
}

async function readFile(part: MultipartFile, param: string): Promise<Uint8Array> {
  const bytes = await part.toBuffer();
  if (part.file.truncated)
    throw invalidRequest(`Invalid file '${param}': file too large.`, param, 'file_too_large');
  const begins = bytes.toString('latin1', 0, 12);
  const known =
    begins.startsWith('\xff\xd8\xff') || begins.startsWith('\x89PNG') || /^RIFF.{4}WEBP/s.test(begins);
  if (!known || !['image/jpeg', 'image/png', 'image/webp'].includes(part.mimetype)) {
    throw invalidRequest(
      `Invalid file '${param}': unsupported mimetype ('${part.mimetype}'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.`,
      param,
      'unsupported_file_mimetype',
    );
  }
  return bytes;
}

function readSize(size: string, anySize: boolean): { width: number; height: number } | null {
  if (size === 'auto') return null;
  const refuse = (why: string) => invalidRequest(`Invalid size '${size}'. ${why}`, 'size', 'invalid_value');
  const match = /^(\d{2,5})x(\d{2,5})$/.exec(size);
  if (match === null) throw refuse("Supported values are 'auto' and WIDTHxHEIGHT.");
  if (!anySize && !STANDARD_SIZES.includes(size)) {
    throw refuse(`Supported sizes are ${STANDARD_SIZES.join(', ')}, and auto.`);
  }
  const [width, height] = [Number(match[1]), Number(match[2])];
  const [short, long] = [Math.min(width, height), Math.max(width, height)];
  if (width % SIZE_STEP !== 0 || height % SIZE_STEP !== 0) {
    throw refuse(`Width and height must both be divisible by ${SIZE_STEP}.`);
  }
  if (long > short * LONGEST_RATIO) throw refuse('The aspect ratio must be between 1:3 and 3:1.');
  if (width * height < LEAST_PIXELS) throw refuse(`It must have at least ${LEAST_PIXELS} pixels.`);
  if (long > MAX_LONG_SIDE || short > MAX_SHORT_SIDE) {
    throw refuse(`The maximum supported resolution is ${MAX_LONG_SIDE}x${MAX_SHORT_SIDE}.`);
  }
  return { width, height };
}
