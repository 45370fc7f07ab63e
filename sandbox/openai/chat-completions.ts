import { z } from 'zod';
import { invalidRequest } from './api-error.ts';
import type { Answer, Call } from './call.ts';
import type { EditRequest } from './edit-request.ts';
import { imageBytes } from './image-url.ts';
import { checkChatModel } from './models.ts';
import { parsed } from './parsed.ts';

const PART = z.discriminatedUnion('type', [
  z.object({ type: z.literal('text'), text: z.string() }),
  z.object({ type: z.literal('image_url'), image_url: z.object({ url: z.string() }) }),
]);
const REQUEST = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.string(), content: z.union([z.string(), z.array(PART)]) })).min(1),
  modalities: z.array(z.enum(['image', 'text'])).default(['text']),
  image_config: z
    .object({ aspect_ratio: z.string().regex(/^\d+:\d+$/) })
    .partial()
    .optional(),
  response_format: z
    .object({
      type: z.literal('json_schema'),
      json_schema: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }),
    })
    .optional(),
});
type Request = z.output<typeof REQUEST>;
type Message = Request['messages'][number];

/** What the other endpoints answer, as far as it is repeated here. */
const EDITED = z.object({
  data: z.array(z.object({ b64_json: z.string().optional(), url: z.string().optional() })),
});
const RESPONDED = z.object({
  model: z.string(),
  output: z.array(
    z.object({ content: z.array(z.object({ text: z.string().optional(), refusal: z.string().optional() })) }),
  ),
  usage: z.object({ input_tokens: z.number(), output_tokens: z.number() }),
});

/** About 1.5 megapixels of any shape, in multiples of 16. */
const AREA = 1024 * 1024;

/**
 * POST /chat/completions: with the modality `image`, a picture in `message.images`, as OpenRouter and gateways to Gemini
 * answer; otherwise what POST /responses would say. Faults: `refusal` ends with `content_filter`, `by-address` gives
 * an address, `no-picture` words.
 */
export function createChat(deps: {
  edit: (request: EditRequest, call: Call) => Promise<Answer>;
  respond: (call: Call) => Promise<object>;
}) {
  return async function chat(call: Call): Promise<object> {
    const request = parsed(REQUEST, call.body);
    checkChatModel(request.model);
    if (request.modalities.includes('image'))
      return completion(call, request.model, await draw(request, call));
    return repeatResponse(await deps.respond({ ...call, body: asResponses(request) }), call);
  };

  async function draw(request: Request, call: Call): Promise<Choice> {
    if (call.fault?.kind === 'refusal') return { finish_reason: 'content_filter', message: { content: '' } };
    if (call.fault?.kind === 'no-picture') {
      return { finish_reason: 'stop', message: { content: 'Which product do you mean?' } };
    }
    const answer = await deps.edit(asEdit(request), call);
    if (answer.kind !== 'body') throw new Error('a chat asks for no stream of pictures');
    const images = EDITED.parse(answer.body).data.map(({ b64_json, url }) => ({
      type: 'image_url',
      image_url: { url: url ?? `data:image/png;base64,${b64_json}` },
    }));
    return { finish_reason: 'stop', message: { content: '', images } };
  }
}

type Choice = Readonly<{ finish_reason: string; message: object }>;

function asEdit({ model, messages, image_config }: Request): EditRequest {
  const parts = messages.flatMap(partsOf);
  const images = parts.flatMap((part) =>
    part.type === 'image_url' ? [imageBytes(part.image_url.url, 'messages')] : [],
  );
  if (images.length === 0) throw invalidRequest('The sandbox draws from photos only.', 'messages');
  const [across = 1, down = 1] = (image_config?.aspect_ratio ?? '1:1').split(':').map(Number);
  const side = (share: number) => Math.round(Math.sqrt(AREA * share) / 16) * 16;
  return {
    model,
    prompt: parts.map((part) => (part.type === 'text' ? part.text : '')).join('\n'),
    images,
    size: { width: side(across / down), height: side(down / across) },
    count: 1,
    quality: 'medium',
    format: 'png',
    compression: 100,
    background: 'auto',
    stream: false,
    partialImages: 0,
  };
}

function asResponses({ messages, response_format }: Request): object {
  const [instructions, others] = [
    messages.filter(({ role }) => role === 'system'),
    messages.filter(({ role }) => role !== 'system'),
  ];
  const content = others
    .flatMap(partsOf)
    .map((part) =>
      part.type === 'text'
        ? { type: 'input_text', text: part.text }
        : { type: 'input_image', image_url: part.image_url.url },
    );
  return {
    // Any text model of the double: the chat's own may be another maker's.
    model: 'gpt-5.4-mini',
    instructions: instructions
      .flatMap(partsOf)
      .map((part) => (part.type === 'text' ? part.text : ''))
      .join('\n'),
    input: [{ content }],
    ...(response_format === undefined
      ? {}
      : { text: { format: { type: 'json_schema', ...response_format.json_schema } } }),
  };
}

function partsOf({ content }: Message): z.output<typeof PART>[] {
  return typeof content === 'string' ? [{ type: 'text', text: content }] : content;
}

function repeatResponse(response: object, call: Call): object {
  const { model, output, usage } = RESPONDED.parse(response);
  const [part] = output.flatMap(({ content }) => content);
  const message = { content: part?.text ?? null, refusal: part?.refusal ?? null };
  return {
    ...completion(call, model, { finish_reason: 'stop', message }),
    usage: { prompt_tokens: usage.input_tokens, completion_tokens: usage.output_tokens },
  };
}

function completion({ id }: Call, model: string, { finish_reason, message }: Choice): object {
  return {
    id: `chatcmpl-${id}`,
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model,
    choices: [{ index: 0, finish_reason, logprobs: null, message: { role: 'assistant', ...message } }],
    usage: { prompt_tokens: 900, completion_tokens: 1290, total_tokens: 2190 },
  };
}
