import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { invalidRequest } from './api-error.ts';
import type { Call } from './call.ts';
import { fillSchema } from './fill-schema.ts';
import { imageBytes } from './image-url.ts';
import { createLabelReader, type Label, misprinted } from './labels.ts';
import { describe } from './listing.ts';
import { checkTextModel } from './models.ts';
import { parsed } from './parsed.ts';
import type { PhotoShelf } from './photo-shelf.ts';
import { proposeStyles } from './proposals.ts';
import { type Language, recognise } from './recognise.ts';

const CHARACTERS_PER_TOKEN = 4;
/** An image with `detail: low` costs a flat number of tokens. */
const TOKENS_PER_IMAGE = 85;

const PART = z.discriminatedUnion('type', [
  z.object({ type: z.literal('input_text'), text: z.string() }),
  z.object({ type: z.literal('input_image'), image_url: z.string() }),
]);
const REQUEST = z.object({
  model: z.string(),
  instructions: z.string().nullish(),
  input: z.union([z.string(), z.array(z.object({ content: z.union([z.string(), z.array(PART)]) }))]),
  text: z
    .object({
      format: z.discriminatedUnion('type', [
        z.object({
          type: z.literal('json_schema'),
          name: z.string().regex(/^[\w-]{1,64}$/),
          schema: z.record(z.string(), z.unknown()),
          strict: z.boolean().nullish(),
        }),
        z.object({ type: z.literal('text') }),
      ]),
    })
    .optional(),
  stream: z.literal(false).nullish(),
});
type Request = z.output<typeof REQUEST>;

/**
 * POST /responses: looks at the first photo and answers by the JSON schema of the request, or in a sentence
 * when there is none. Faults: `refusal` answers with a refusal part, `not-a-product` sees none, `different-products` sees
 * another one in each photo, `sees-trouble` answers with its `code` where a list has it, and
 * `misprinted` reads another letter in the picture that was made than in its photos, and `no-completed` ends half-way with the status `incomplete`.
 */
export function createResponses(deps: { shelf: PhotoShelf; paceMs: number }) {
  const readLabel = createLabelReader();

  return async function respond(call: Call): Promise<object> {
    const request = parsed(REQUEST, call.body);
    checkTextModel(request.model);
    const asked = partsOf(request);
    await delay(deps.paceMs, undefined, { signal: call.gone });
    const text = await answerText(request, asked, call);
    const half = text.slice(0, text.length / 2);
    switch (call.fault?.kind) {
      case 'refusal':
        return envelope(
          request,
          asked,
          call,
          { type: 'refusal', refusal: "I'm sorry, I can't help with that." },
          true,
        );
      case 'no-completed':
        return envelope(request, asked, call, outputText(half), false);
      default:
        return envelope(request, asked, call, outputText(text), true);
    }
  };

  async function answerText(request: Request, { texts, images }: Asked, call: Call): Promise<string> {
    const [photo] = images;
    if (photo === undefined) return 'This is the sandbox: it answers questions about product photos.';
    const language = languageOf(request.instructions ?? '', texts);
    const format = request.text?.format;
    const asksForLabels = format?.type === 'json_schema' && format.name === 'labels';
    const isPhoto = images.map((image) => deps.shelf.has(image));
    const first = asksForLabels ? images[isPhoto.indexOf(true)] : undefined;
    const look = await deps.shelf.look(first ?? photo, 'input');
    const seen = recognise(look, captionIn(texts), language);
    const product = call.fault?.kind === 'not-a-product' ? { ...seen, isProduct: false } : seen;
    if (format?.type !== 'json_schema') return `${product.name}.`;
    const styles = proposeStyles(product.kind, product.name, language);
    const listing = describe(product, language);
    const sameProduct = call.fault?.kind !== 'different-products';
    const trouble = call.fault?.kind === 'sees-trouble' ? (call.fault.code ?? 'cut-off') : null;
    const label = asksForLabels ? await readLabel(look) : null;
    const spoil = call.fault?.kind === 'misprinted' ? misprinted : (right: Label) => right;
    // Scenes hide products from the double: it knows what stands there, because it has drawn it.
    const labels = isPhoto.map((isKnown) => (isKnown ? label : spoil(label)));
    return JSON.stringify(
      fillSchema(format.schema, { product, sameProduct, trouble, styles, listing, labels }),
    );
  }
}

type Asked = Readonly<{ texts: string; images: readonly Uint8Array[] }>;

function partsOf({ input }: Request): Asked {
  const contents = typeof input === 'string' ? [input] : input.map(({ content }) => content);
  const parts = contents.flatMap((content) =>
    typeof content === 'string' ? [{ type: 'input_text' as const, text: content }] : content,
  );
  if (parts.length === 0) throw invalidRequest("Invalid 'input': it is empty.", 'input', 'invalid_value');
  return {
    texts: parts.flatMap((part) => (part.type === 'input_text' ? [part.text] : [])).join('\n'),
    images: parts.flatMap((part) =>
      part.type === 'input_image' ? [imageBytes(part.image_url, 'image_url')] : [],
    ),
  };
}

/** The language that the instructions ask for; without instructions about it, the one that the seller writes. */
function languageOf(instructions: string, texts: string): Language {
  if (/\b(?:in Russian|language\W{1,4}(?:ru\b|Russian))|на русском/i.test(instructions)) return 'ru';
  if (/\b(?:in [A-Z][a-z]+|language\W{1,4}[a-z]{2}\b)/.test(instructions)) return 'en';
  return /\p{Script=Cyrillic}/u.test(texts) ? 'ru' : 'en';
}

/** A caption or file name of up to five words, which can be the product's name; a sentence and a wish (“on marble, no flowers”) cannot. */
function captionIn(texts: string): string | null {
  const words = /\b(?:caption|file ?name|note)"?\s*[:=]\s*"?([^"\n]{2,48})"?\s*$/im.exec(texts)?.[1]?.trim();
  if (words === undefined || words.split(/\s+/).length > 5 || /[.!?:;<>{}`]/.test(words)) return null;
  if (/^(?:on|in|at|by|with|without|на|в|у|с|со|без)\s|,/i.test(words)) return null;
  return /^(?:null|none)$/i.test(words) ? null : words;
}

function outputText(text: string): object {
  return { type: 'output_text', text, annotations: [], logprobs: [] };
}

/** The answer's body, with usage guessed from the lengths of what was asked and answered. */
function envelope(
  request: Request,
  { texts, images }: Asked,
  { id }: Call,
  content: object,
  complete: boolean,
): object {
  const status = complete ? 'completed' : 'incomplete';
  const characters = texts.length + (request.instructions?.length ?? 0);
  const input = Math.ceil(characters / CHARACTERS_PER_TOKEN) + images.length * TOKENS_PER_IMAGE;
  const output = Math.ceil(JSON.stringify(content).length / CHARACTERS_PER_TOKEN);
  const now = Math.floor(Date.now() / 1000);
  return {
    id: `resp_${id}`,
    object: 'response',
    created_at: now,
    completed_at: complete ? now : null,
    status,
    background: false,
    error: null,
    incomplete_details: complete ? null : { reason: 'max_output_tokens' },
    instructions: request.instructions ?? null,
    max_output_tokens: null,
    model: request.model,
    output: [{ id: `msg_${id}`, type: 'message', status, role: 'assistant', content: [content] }],
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: null, summary: null },
    store: false,
    temperature: 1,
    text: request.text ?? { format: { type: 'text' } },
    tool_choice: 'auto',
    tools: [],
    top_p: 1,
    truncation: 'disabled',
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: 0 },
      total_tokens: input + output,
    },
    user: null,
    metadata: {},
  };
}
