/** An endpoint that is asked by OpenAI's own interfaces: responses for answers, images/edits for pictures. */
import { z } from 'zod';
import type { Part } from '../multipart.ts';
import { BadAnswer, ReportedFault } from './classify-error.ts';
import { decodePicture, readPicture } from './fetch-picture.ts';
import { findPicture, pictureOfAnswer } from './find-picture.ts';
import { PhotoInQuestion } from './json-with-photos.ts';
import { COMPRESSION, canSkipReasoning } from './models.ts';
import { type Door, zodTextFormat } from './openai.ts';
import { type HttpAnswer, postQuestion } from './post-question.ts';
import { endOf, MAX_ANSWER_TOKENS, safetyIdentifier, TOKENS } from './protocol.ts';
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

// What is paid for is read past whatever else other makers put beside it.
const PART = z
  .object({ type: z.string().catch(''), text: z.string().catch('') })
  .catch({ type: '', text: '' });
const ITEM = z
  .object({ type: z.string().catch(''), content: z.array(PART).catch([]) })
  .catch({ type: '', content: [] });
const REPLY = z.object({
  status: z.string().optional().catch(undefined),
  error: z
    .object({ code: z.string().catch('server_error'), message: z.string().catch('') })
    .nullish()
    .catch(null),
  output: z.array(ITEM),
  // Other makers' endpoints leave it out.
  usage: z
    .object({
      input_tokens: TOKENS,
      input_tokens_details: z.object({ cached_tokens: TOKENS.catch(0) }).catch({ cached_tokens: 0 }),
      output_tokens: TOKENS,
    })
    .transform(
      ({ input_tokens, input_tokens_details, output_tokens }): Usage => ({
        inputTextTokens: input_tokens,
        cachedTextTokens: input_tokens_details.cached_tokens,
        inputImageTokens: 0,
        outputTokens: output_tokens,
      }),
    )
    .nullable()
    .catch(null),
});

/** A question with photos. What it answers is checked by the caller. */
async function answer(door: Door, request: AnswerRequest): Promise<Answer> {
  const { model, instructions } = request;
  const body = {
    model,
    instructions,
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: request.text },
          ...request.photos.map((photo) => ({
            type: 'input_image',
            image_url: new PhotoInQuestion(photo),
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
  };
  const response = await postQuestion(door, { path: '/responses', body, holds: 'words' }, request.signal);
  const reply = REPLY.safeParse(await response.whole());
  if (!reply.success) throw new BadAnswer('malformed');
  const { status, error, output, usage } = reply.data;
  if (status === 'failed') {
    const { code, message } = error ?? { code: 'server_error', message: '' };
    throw new ReportedFault(code, null, message);
  }
  const parts = output.flatMap((item) => (item.type === 'message' ? item.content : []));
  return {
    text: parts.map(({ type, text }) => (type === 'output_text' ? text : '')).join(''),
    end: endOf(
      status,
      parts.some(({ type }) => type === 'refusal'),
    ),
    usage,
    requestId: response.requestId,
  };
}

/**
 * Asks for a stream where the model and the endpoint have one, and reads what comes, whichever it is: a proxy may
 * answer in one piece all the same.
 */
async function editPicture(door: Door, request: EditRequest): Promise<PictureReply> {
  const { attempt, size } = request;
  const question = { path: '/images/edits', parts: editForm(door, request), holds: 'pictures' } as const;
  const response = await postQuestion(door, question, attempt.signal);
  attempt.heartbeat();
  const answer = response.isStream ? await lastEvent(response, request) : await response.whole();
  const place = pictureOfAnswer(answer);
  attempt.heartbeat();
  const { size: told, usage } = IMAGE_FACTS.parse(answer);
  return {
    picture: await readPicture(place, door, attempt.signal),
    ...(told ?? size),
    usage,
    requestId: response.requestId,
  };
}

/** What does not apply is not sent. */
function editForm(door: Door, request: EditRequest): Part[] {
  const { size, stream, partialImages, quality, inputFidelity, format, background } = request;
  const fields = {
    model: request.model,
    prompt: request.prompt,
    size: `${size.width}x${size.height}`,
    output_format: format,
    output_compression: format === null ? null : COMPRESSION[format],
    stream: stream || null,
    partial_images: partialImages,
    quality,
    background,
    input_fidelity: inputFidelity,
    ...safetyIdentifier(door, request),
  };
  return [
    ...Object.entries(fields).flatMap(([name, value]) =>
      value === null ? [] : [{ name, value: String(value) }],
    ),
    ...request.photos.map((bytes, index) => ({
      name: 'image[]',
      filename: `photo-${index + 1}.jpg`,
      contentType: 'image/jpeg',
      bytes,
    })),
  ];
}

/** Throws when the stream ends without a finished picture. */
async function lastEvent(answer: HttpAnswer, request: EditRequest): Promise<unknown> {
  for await (const event of answer.events()) {
    request.attempt.heartbeat();
    const place = findPicture(event);
    if (place === null) continue;
    // Names of events differ between makers; the unfinished ones say so.
    if (!EVENT.parse(event).type.includes('partial')) return event;
    if (!place.startsWith('http')) request.onPartial?.(() => decodePicture(place));
  }
  throw new BadAnswer('no-picture');
}

export const imagesApi = { answer, editPicture };
