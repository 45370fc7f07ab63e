import OpenAI, { toFile } from 'openai';
import { zodTextFormat } from 'openai/helpers/zod';
import type { Dispatcher } from 'undici';
import type { AiEndpoint } from '../config.ts';
import { createCappedFetch } from './capped-fetch.ts';
import { BadAnswer, ReportedFault } from './classify-error.ts';
import { canSkipReasoning, type Size } from './models.ts';
import type {
  Answer,
  AnswerRequest,
  EditRequest,
  ModerationPart,
  PictureReply,
  Provider,
  Usage,
} from './provider.ts';

/** Below Node's own limit of 300 s on headers; the limits that people feel are the policy's. */
const BACKSTOP_TIMEOUT_MS = 290_000;
const MAX_PICTURE_BYTES = 40 * 1024 * 1024;
/** Four proposals take about 600 tokens; the rest is for languages that take more. */
const MAX_ANSWER_TOKENS = 2500;

/** An endpoint that speaks OpenAI's API, through its SDK, over connections that whoever hands them in closes. */
export function createOpenAiProvider(
  { name, baseURL, apiKey }: AiEndpoint,
  dispatcher: Dispatcher,
): Provider {
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
    fetch: createCappedFetch(dispatcher),
  });
  return {
    name,
    answer: (request) => answer(client, request),
    editPicture: (request) => editPicture(client, request),
    listModels: (signal) => listModels(client, signal),
    moderate: (part) => moderate(client, part),
  };
}

/**
 * Not `responses.parse`: it throws on an answer that does not fit, and its tokens, which were paid for, with
 * it. The same request is sent, and the caller checks the text.
 */
async function answer(client: OpenAI, request: AnswerRequest): Promise<Answer> {
  const { model, signal } = request;
  const reply = await client.responses.create(
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
              detail: 'low' as const,
            })),
          ],
        },
      ],
      text: { format: zodTextFormat(request.schema, request.schemaName) },
      max_output_tokens: MAX_ANSWER_TOKENS,
      ...(canSkipReasoning(model) ? { reasoning: { effort: 'none' } } : {}),
      safety_identifier: request.safetyIdentifier,
      store: false,
    },
    { signal },
  );
  // A page of a proxy arrives as a string, whatever the types say.
  if (typeof reply !== 'object' || !Array.isArray(reply.output)) throw new BadAnswer('malformed');
  if (reply.status === 'failed') throw new ReportedFault(reply.error?.code ?? 'server_error');
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

function endOf(status: string | undefined, refused: boolean): Answer['end'] {
  if (refused) return 'refused';
  return status === 'completed' ? 'complete' : 'truncated';
}

/** Throws when the stream ends without a finished picture: the SDK itself says nothing then. */
async function editPicture(client: OpenAI, request: EditRequest): Promise<PictureReply> {
  const { attempt, size } = request;
  const files = request.photos.map((photo, index) =>
    toFile(photo, `photo-${index + 1}.jpg`, { type: 'image/jpeg' }),
  );
  const { data: stream, request_id: requestId } = await client.images
    .edit(
      {
        model: request.model,
        prompt: request.prompt,
        image: await Promise.all(files),
        size: `${size.width}x${size.height}`,
        output_format: 'webp',
        stream: true,
        partial_images: request.partialImages,
        ...(request.quality === null ? {} : { quality: request.quality }),
        ...(request.inputFidelity === null ? {} : { input_fidelity: request.inputFidelity }),
        safety_identifier: request.safetyIdentifier,
      },
      { signal: attempt.signal },
    )
    .withResponse();
  for await (const event of stream) {
    attempt.heartbeat();
    switch (event.type) {
      case 'image_edit.partial_image':
        request.onPartial(decodePicture(event.b64_json));
        break;
      case 'image_edit.completed': {
        const picture = decodePicture(event.b64_json);
        return { picture, ...(parseSize(event.size) ?? size), usage: imageUsage(event.usage), requestId };
      }
    }
  }
  // An abort ends the loop without a word, so whoever reads this looks at the signal first.
  throw new BadAnswer('no-picture');
}

/** By hand, because the SDK's own list takes a page of a proxy for one without models. */
async function listModels(client: OpenAI, signal: AbortSignal): Promise<void> {
  const reply: unknown = await client.get('/models', { signal });
  if (typeof reply !== 'object') throw new BadAnswer('malformed');
}

async function moderate(client: OpenAI, { model, text, photo, signal }: ModerationPart) {
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

/** The bytes behind base64, if they begin like a WebP, PNG or JPEG and are not too many. */
function decodePicture(base64: unknown): Uint8Array {
  if (typeof base64 !== 'string') throw new BadAnswer('malformed');
  if ((base64.length / 4) * 3 > MAX_PICTURE_BYTES) throw new BadAnswer('too-large');
  const bytes = Buffer.from(base64, 'base64');
  const begins = bytes.toString('latin1', 0, 12);
  const known = /^RIFF.{4}WEBP/s.test(begins) || begins.startsWith('\x89PNG\r\n\x1a\n');
  if (!known && !begins.startsWith('\xff\xd8\xff')) throw new BadAnswer('not-a-picture');
  return bytes;
}

function parseSize(size: unknown): Size | null {
  const match = /^(\d{1,5})x(\d{1,5})$/.exec(String(size));
  return match === null ? null : { width: Number(match[1]), height: Number(match[2]) };
}

/** Other makers' endpoints leave usage out, here and in the pictures' event. */
function textUsage(usage: OpenAI.Responses.ResponseUsage | null | undefined): Usage | null {
  if (!usage) return null;
  return {
    inputTextTokens: usage.input_tokens,
    cachedTextTokens: usage.input_tokens_details?.cached_tokens ?? 0,
    inputImageTokens: 0,
    outputTokens: usage.output_tokens,
  };
}

function imageUsage(usage: OpenAI.Images.ImageEditCompletedEvent.Usage | null | undefined): Usage | null {
  if (!usage) return null;
  const images = usage.input_tokens_details?.image_tokens ?? 0;
  return {
    inputTextTokens: usage.input_tokens - images,
    cachedTextTokens: 0,
    inputImageTokens: images,
    outputTokens: usage.output_tokens,
  };
}
