import OpenAI, { toFile } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { Stream } from 'openai/streaming';
import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { AiEndpoint } from '../config.ts';
import { createCappedFetch } from './capped-fetch.ts';
import { BadAnswer, ReportedFault } from './classify-error.ts';
import { decodePicture, MAX_PICTURE_BYTES, readPicture } from './fetch-picture.ts';
import { findPicture, pictureOfAnswer, pictureOfChat, throwReported } from './find-picture.ts';
import { COMPRESSION, canSkipReasoning, imageModel } from './models.ts';
import type {
  Answer,
  AnswerRequest,
  EditRequest,
  ListedModel,
  ModerationPart,
  PictureReply,
  Provider,
  Usage,
} from './provider.ts';

/** Below Node's own limit of 300 s on headers; the limits that people feel are the policy's. */
const BACKSTOP_TIMEOUT_MS = 290_000;
/** A finished picture of 40 MB in base64, and unfinished ones of the usual size. */
const MAX_PICTURE_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
/** Four proposals take about 600 tokens; the rest is for languages that take more. */
const MAX_ANSWER_TOKENS = 2500;

/** Such as `1024x1536`. */
const SIZE = z
  .string()
  .regex(/^\d{1,5}x\d{1,5}$/)
  .transform((size) => size.split('x').map(Number))
  .transform(([width = 0, height = 0]) => ({ width, height }));
const TOKENS = z.number().int().min(0);
/** What an answer may say beside its picture; what it does not say, or in another form, is null. */
const IMAGE_FACTS = z.object({
  size: SIZE.nullable().catch(null),
  usage: z
    .object({
      input_tokens: TOKENS,
      input_tokens_details: z.object({ image_tokens: TOKENS.default(0) }).default({ image_tokens: 0 }),
      output_tokens: TOKENS,
    })
    .transform(
      ({ input_tokens, input_tokens_details: { image_tokens }, output_tokens }): Usage => ({
        inputTextTokens: input_tokens - image_tokens,
        cachedTextTokens: 0,
        inputImageTokens: image_tokens,
        outputTokens: output_tokens,
      }),
    )
    .nullable()
    .catch(null),
});
/** A chat counts the pictures that it is shown as text. */
const CHAT_FACTS = z.object({
  usage: z
    .object({ prompt_tokens: TOKENS, completion_tokens: TOKENS })
    .transform(
      ({ prompt_tokens, completion_tokens }): Usage => ({
        inputTextTokens: prompt_tokens,
        cachedTextTokens: 0,
        inputImageTokens: 0,
        outputTokens: completion_tokens,
      }),
    )
    .nullable()
    .catch(null),
});
const EVENT = z.object({ type: z.string().catch('') });
const MODELS = z.object({
  data: z.array(
    z
      .object({ id: z.string(), shutdown_date: z.iso.date().nullable().catch(null) })
      .transform(({ id, shutdown_date }): ListedModel => ({ id, shutdownDate: shutdown_date })),
  ),
});

/** The way to an endpoint: a client for its short answers, and one for those that hold pictures. */
type Door = Readonly<{
  client: OpenAI;
  pictures: OpenAI;
  /** For a picture that lies elsewhere. */
  fetchPicture: typeof fetch;
  baseURL: string;
  takes: AiEndpoint['takes'];
}>;

/** An endpoint that speaks OpenAI's API, through its SDK, over connections that whoever hands them in closes. */
export function createOpenAiProvider(endpoint: AiEndpoint, dispatcher: Dispatcher): Provider {
  const { name, baseURL, apiKey, api, takes } = endpoint;
  const client = new OpenAI({
    apiKey,
    baseURL,
    // What the SDK would otherwise read from the environment, and send to every endpoint.
    organization: null,
    project: null,
    adminAPIKey: null,
    maxRetries: 0,
    timeout: BACKSTOP_TIMEOUT_MS,
    logLevel: 'off',
    fetch: createCappedFetch(dispatcher, MAX_ANSWER_BYTES),
  });
  const pictures = client.withOptions({
    fetch: createCappedFetch(dispatcher, MAX_PICTURE_ANSWER_BYTES),
  });
  const fetchPicture = createCappedFetch(dispatcher, MAX_PICTURE_BYTES);
  const door = { client, pictures, fetchPicture, baseURL, takes };
  const calls = {
    images: { answer, editPicture },
    chat: { answer: chatAnswer, editPicture: chatPicture },
  }[api];
  return {
    name,
    imageModel: (model) => imageModel(model, endpoint),
    answer: (request) => calls.answer(door, request),
    editPicture: (request) => calls.editPicture(door, request),
    listModels: (signal) => listModels(door, signal),
    moderate: (part) => moderate(door, part),
  };
}

/**
 * Not `responses.parse`: it throws on an answer that does not fit, and its tokens, which were paid for, with
 * it. The same request is sent, and the caller checks the text.
 */
async function answer(door: Door, request: AnswerRequest): Promise<Answer> {
  const { model, signal } = request;
  const reply = await door.client.responses.create(
    {
      model,
      instructions: request.instructions,
      input: [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: request.text },
            ...request.photos.map((photo) => ({
              type: 'input_image' as const,
              image_url: dataUrl(photo),
              detail: request.detail,
            })),
          ],
        },
      ],
      text: { format: zodTextFormat(request.schema, request.schemaName) },
      max_output_tokens: MAX_ANSWER_TOKENS,
      ...(canSkipReasoning(model) ? { reasoning: { effort: 'none' } } : {}),
      ...safetyIdentifier(door, request),
      store: false,
    },
    { signal },
  );
  // A page of a proxy arrives as a string, whatever the types say.
  if (typeof reply !== 'object' || !Array.isArray(reply.output)) throw new BadAnswer('malformed');
  if (reply.status === 'failed') {
    const { code = 'server_error', message = '' } = reply.error ?? {};
    throw new ReportedFault(code, null, message);
  }
  const parts = reply.output.flatMap((item) => (item.type === 'message' ? item.content : []));
  return {
    text: parts.map((part) => (part.type === 'output_text' ? part.text : '')).join(''),
    end: endOf(
      reply.status,
      parts.some((part) => part.type === 'refusal'),
    ),
    usage: textUsage(reply.usage),
    requestId: reply._request_id ?? null,
  };
}

/** The same question to a chat. What it answers is checked by the caller as well. */
async function chatAnswer(door: Door, request: AnswerRequest): Promise<Answer> {
  const reply = await door.client.chat.completions.create(
    {
      model: request.model,
      messages: [
        { role: 'system', content: request.instructions },
        { role: 'user', content: chatContent(request.text, request.photos) },
      ],
      response_format: zodResponseFormat(request.schema, request.schemaName),
      max_tokens: MAX_ANSWER_TOKENS,
      ...safetyIdentifier(door, request),
    },
    { signal: request.signal },
  );
  throwReported(reply);
  const choice = reply.choices?.[0];
  if (choice === undefined) throw new BadAnswer('malformed');
  const refused = Boolean(choice.message.refusal) || choice.finish_reason === 'content_filter';
  return {
    text: choice.message.content ?? '',
    end: endOf(choice.finish_reason === 'length' ? 'incomplete' : 'completed', refused),
    usage: CHAT_FACTS.parse(reply).usage,
    requestId: reply._request_id ?? null,
  };
}

function endOf(status: string | undefined, refused: boolean): Answer['end'] {
  if (refused) return 'refused';
  return status === 'completed' ? 'complete' : 'truncated';
}

/**
 * Asks for a stream where the model and the endpoint have one, and reads what comes, whichever it is: a proxy may
 * answer in one piece all the same.
 */
async function editPicture(door: Door, request: EditRequest): Promise<PictureReply> {
  const { attempt, size, stream, partialImages, quality, inputFidelity, format, background } = request;
  const compression = format === null ? null : COMPRESSION[format];
  const files = request.photos.map((photo, index) =>
    toFile(photo, `photo-${index + 1}.jpg`, { type: 'image/jpeg' }),
  );
  const response = await door.pictures.images
    .edit(
      {
        model: request.model,
        prompt: request.prompt,
        image: await Promise.all(files),
        size: `${size.width}x${size.height}`,
        ...(format === null ? {} : { output_format: format }),
        ...(compression === null ? {} : { output_compression: compression }),
        ...(stream ? { stream } : {}),
        ...(partialImages === null ? {} : { partial_images: partialImages }),
        ...(quality === null ? {} : { quality }),
        ...(background === null ? {} : { background }),
        ...(inputFidelity === null ? {} : { input_fidelity: inputFidelity }),
        ...safetyIdentifier(door, request),
      },
      { signal: attempt.signal },
    )
    .asResponse();
  attempt.heartbeat();
  const answer = isEventStream(response)
    ? await lastEvent(door, response, request)
    : parseJson(await response.text());
  const place = pictureOfAnswer(answer);
  attempt.heartbeat();
  const { size: told, usage } = IMAGE_FACTS.parse(answer);
  return {
    picture: await readPicture(place, door, attempt.signal),
    ...(told ?? size),
    usage,
    requestId: response.headers.get('x-request-id'),
  };
}

/** Throws when the stream ends without a finished picture: the SDK itself says nothing then. */
async function lastEvent(door: Door, response: Response, request: EditRequest): Promise<unknown> {
  const stream = Stream.fromSSEResponse<unknown>(response, new AbortController(), door.pictures);
  for await (const event of stream) {
    request.attempt.heartbeat();
    const place = findPicture(event);
    if (place === null) continue;
    // Names of events differ between makers; the unfinished ones say so.
    if (!EVENT.parse(event).type.includes('partial')) return event;
    if (!place.startsWith('http')) request.onPartial(decodePicture(place));
  }
  // An abort ends the loop without a word, so whoever reads this looks at the signal first.
  throw new BadAnswer('no-picture');
}

/** By a chat that answers with pictures, as OpenRouter and its like have it. */
async function chatPicture(door: Door, request: EditRequest): Promise<PictureReply> {
  const { attempt, size, ratio } = request;
  const { takes } = door;
  const body = {
    model: request.model,
    messages: [{ role: 'user', content: chatContent(request.prompt, request.photos) }],
    ...(takes.includes('modalities') ? { modalities: ['image', 'text'] } : {}),
    ...(takes.includes('image_config') ? { image_config: { aspect_ratio: ratio } } : {}),
    ...safetyIdentifier(door, request),
  };
  const response = await door.pictures
    .post('/chat/completions', { body, signal: attempt.signal })
    .asResponse();
  const answer = parseJson(await response.text());
  const place = pictureOfChat(answer);
  return {
    picture: await readPicture(place, door, attempt.signal),
    ...size,
    usage: CHAT_FACTS.parse(answer).usage,
    requestId: response.headers.get('x-request-id'),
  };
}

function chatContent(text: string, photos: readonly Uint8Array[]) {
  return [
    { type: 'text' as const, text },
    ...photos.map((photo) => ({ type: 'image_url' as const, image_url: { url: dataUrl(photo) } })),
  ];
}

function safetyIdentifier({ takes }: Door, request: Readonly<{ safetyIdentifier: string }>) {
  return takes.includes('safety_identifier') ? { safety_identifier: request.safetyIdentifier } : {};
}

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not the SyntaxError itself, which quotes what it read.
    throw new BadAnswer('malformed');
  }
}

/** By hand, because the SDK's own list takes a page of a proxy for one without models. */
async function listModels({ client }: Door, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const reply: unknown = await client.get('/models', { signal });
  if (typeof reply !== 'object') throw new BadAnswer('malformed');
  const list = MODELS.safeParse(reply);
  return list.success ? list.data.data : [];
}

async function moderate({ client }: Door, { model, text, photo, signal }: ModerationPart) {
  const reply = await client.moderations.create(
    {
      model,
      input: [
        ...(text === null ? [] : [{ type: 'text' as const, text }]),
        ...(photo === null ? [] : [{ type: 'image_url' as const, image_url: { url: dataUrl(photo) } }]),
      ],
    },
    { signal },
  );
  if (typeof reply !== 'object' || !Array.isArray(reply.results)) throw new BadAnswer('malformed');
  const [result] = reply.results;
  if (typeof result?.flagged !== 'boolean') throw new BadAnswer('malformed');
  if (!result.flagged) return [];
  const names = Object.entries(result.categories ?? {}).filter(([, flagged]) => flagged === true);
  return names.length === 0 ? ['other'] : names.map(([name]) => name);
}

function dataUrl(jpeg: Uint8Array): string {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.byteLength);
  return `data:image/jpeg;base64,${bytes.toString('base64')}`;
}

/** Other makers' endpoints leave usage out, here and in the pictures' answers. */
function textUsage(usage: OpenAI.Responses.ResponseUsage | null | undefined): Usage | null {
  if (!usage) return null;
  return {
    inputTextTokens: usage.input_tokens,
    cachedTextTokens: usage.input_tokens_details?.cached_tokens ?? 0,
    inputImageTokens: 0,
    outputTokens: usage.output_tokens,
  };
}
