/** An endpoint that is asked by OpenAI's own interfaces: responses for answers, images/edits for pictures. */
import { z } from 'zod';
import { BadAnswer, ReportedFault } from './classify-error.ts';
import { decodePicture, readPicture } from './fetch-picture.ts';
import { findPicture, pictureOfAnswer } from './find-picture.ts';
import { COMPRESSION, canSkipReasoning } from './models.ts';
import { type Door, eventsOf, photoFiles, type ResponseUsage, zodTextFormat } from './openai.ts';
import { dataUrl, endOf, MAX_ANSWER_TOKENS, parseJson, safetyIdentifier, TOKENS } from './protocol.ts';
import type { Answer, AnswerRequest, EditRequest, PictureReply, Usage } from './provider.ts';

/** Such as `1024x1536`. */
const SIZE = z
  .string()
  .regex(/^\d{1,5}x\d{1,5}$/)
  .transform((size) => size.split('x').map(Number))
  .transform(([width = 0, height = 0]) => ({ width, height }));
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
const EVENT = z.object({ type: z.string().catch('') });

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

/**
 * Asks for a stream where the model and the endpoint have one, and reads what comes, whichever it is: a proxy may
 * answer in one piece all the same.
 */
async function editPicture(door: Door, request: EditRequest): Promise<PictureReply> {
  const { attempt, size, stream, partialImages, quality, inputFidelity, format, background } = request;
  const compression = format === null ? null : COMPRESSION[format];
  const response = await door.pictures.images
    .edit(
      {
        model: request.model,
        prompt: request.prompt,
        image: await photoFiles(request.photos),
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
  for await (const event of eventsOf(response, door)) {
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

function isEventStream(response: Response): boolean {
  return response.headers.get('content-type')?.startsWith('text/event-stream') ?? false;
}

/** Other makers' endpoints leave usage out, here and in the pictures' answers. */
function textUsage(usage: ResponseUsage | null | undefined): Usage | null {
  if (!usage) return null;
  return {
    inputTextTokens: usage.input_tokens,
    cachedTextTokens: usage.input_tokens_details?.cached_tokens ?? 0,
    inputImageTokens: 0,
    outputTokens: usage.output_tokens,
  };
}

export const imagesApi = { answer, editPicture };
