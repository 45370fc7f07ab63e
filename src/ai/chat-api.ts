/** An endpoint that is asked by chat/completions for answers and pictures alike, as OpenRouter and its like have it. */
import { z } from 'zod';
import { BadAnswer } from './classify-error.ts';
import { readPicture } from './fetch-picture.ts';
import { pictureOfChat, throwReported } from './find-picture.ts';
import { type Door, zodResponseFormat } from './openai.ts';
import { postForPicture } from './post-for-picture.ts';
import { dataUrl, endOf, MAX_ANSWER_TOKENS, safetyIdentifier, TOKENS } from './protocol.ts';
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

/** A question with photos. What it answers is checked by the caller. */
async function answer(door: Door, request: AnswerRequest): Promise<Answer> {
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
  const response = await postForPicture(door, { path: '/chat/completions', body }, attempt.signal);
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
    ...photos.map((photo) => ({ type: 'image_url' as const, image_url: { url: dataUrl(photo) } })),
  ];
}

export const chatApi = { answer, editPicture };
