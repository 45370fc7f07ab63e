/** An endpoint that is asked by chat/completions for answers and pictures alike, as OpenRouter and its like have it. */
import { z } from 'zod';
import { BadAnswer } from './classify-error.ts';
import { readPicture } from './fetch-picture.ts';
import { pictureOfChat, throwReported } from './find-picture.ts';
import { PhotoInQuestion } from './json-with-photos.ts';
import { type Door, zodResponseFormat } from './openai.ts';
import { postQuestion } from './post-question.ts';
import { endOf, MAX_ANSWER_TOKENS, safetyIdentifier, TOKENS } from './protocol.ts';
import type { Answer, AnswerRequest, EditRequest, PictureReply, Usage } from './provider.ts';

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

const REPLY = z.object({
  choices: z.tuple(
    [
      z.object({
        finish_reason: z.string().nullish().catch(null),
        message: z.object({ content: z.string().nullish().catch(null), refusal: z.unknown() }),
      }),
    ],
    z.unknown(),
  ),
});

/** A question with photos. What it answers is checked by the caller. */
async function answer(door: Door, request: AnswerRequest): Promise<Answer> {
  const body = {
    model: request.model,
    messages: [
      { role: 'system', content: request.instructions },
      { role: 'user', content: chatContent(request.text, request.photos) },
    ],
    response_format: zodResponseFormat(request.schema, request.schemaName),
    max_tokens: MAX_ANSWER_TOKENS,
    ...safetyIdentifier(door, request),
  };
  const question = { path: '/chat/completions', body, holds: 'words' } as const;
  const response = await postQuestion(door, question, request.signal);
  const whole = await response.whole();
  throwReported(whole);
  const reply = REPLY.safeParse(whole);
  if (!reply.success) throw new BadAnswer('malformed');
  const [{ message, finish_reason: finishReason }] = reply.data.choices;
  const refused = Boolean(message.refusal) || finishReason === 'content_filter';
  return {
    text: message.content ?? '',
    end: endOf(finishReason === 'length' ? 'incomplete' : 'completed', refused),
    usage: CHAT_FACTS.parse(whole).usage,
    requestId: response.requestId,
  };
}

/** A picture, which stands in the answer or at an address that it names. */
async function editPicture(door: Door, request: EditRequest): Promise<PictureReply> {
  const { attempt, size, ratio } = request;
  const { takes } = door;
  const body = {
    model: request.model,
    messages: [{ role: 'user', content: chatContent(request.prompt, request.photos) }],
    ...(takes.includes('modalities') ? { modalities: ['image', 'text'] } : {}),
    ...(takes.includes('image_config') ? { image_config: { aspect_ratio: ratio } } : {}),
    ...safetyIdentifier(door, request),
  };
  const response = await postQuestion(
    door,
    { path: '/chat/completions', body, holds: 'pictures' },
    attempt.signal,
  );
  const answer = await response.whole();
  const place = pictureOfChat(answer);
  return {
    picture: await readPicture(place, door, attempt.signal),
    ...size,
    usage: CHAT_FACTS.parse(answer).usage,
    requestId: response.requestId,
  };
}

function chatContent(text: string, photos: readonly Uint8Array[]) {
  return [
    { type: 'text' as const, text },
    ...photos.map((photo) => ({
      type: 'image_url' as const,
      image_url: { url: new PhotoInQuestion(photo) },
    })),
  ];
}

export const chatApi = { answer, editPicture };
