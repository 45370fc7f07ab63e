import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { AiEndpoint } from '../config.ts';
import { chatApi } from './chat-api.ts';
import { BadAnswer } from './classify-error.ts';
import { imagesApi } from './images-api.ts';
import { PhotoInQuestion } from './json-with-photos.ts';
import { imageModel } from './models.ts';
import { type Door, openDoor } from './openai.ts';
import { postQuestion } from './post-question.ts';
import type { ListedModel, ModerationPart, Provider } from './provider.ts';

const MODELS = z.object({
  data: z.array(
    z
      .object({ id: z.string(), shutdown_date: z.iso.date().nullable().catch(null) })
      .transform(({ id, shutdown_date }): ListedModel => ({ id, shutdownDate: shutdown_date })),
  ),
});

/** Whether it is flagged decides; categories that cannot be read only leave the reason open. */
const RESULT = z.object({
  flagged: z.boolean(),
  categories: z.record(z.string(), z.unknown()).catch({}),
});
/** One part was asked about, so the first result is its. */
const MODERATION = z.object({ results: z.tuple([RESULT], z.unknown()) });

/** An endpoint that speaks OpenAI's API, over connections that whoever hands them in closes. */
export function createOpenAiProvider(endpoint: AiEndpoint, dispatcher: Dispatcher): Provider {
  const { name, api } = endpoint;
  const door = openDoor(endpoint, dispatcher);
  const calls = { images: imagesApi, chat: chatApi }[api];
  return {
    name,
    imageModel: (model) => imageModel(model, endpoint),
    answer: (request) => calls.answer(door, request),
    editPicture: (request) => calls.editPicture(door, request),
    listModels: (signal) => listModels(door, signal),
    moderate: (part) => moderate(door, part),
  };
}

/** By hand, because the SDK's own list takes a page of a proxy for one without models. */
async function listModels({ client }: Door, signal: AbortSignal): Promise<readonly ListedModel[]> {
  const reply: unknown = await client.get('/models', { signal });
  if (typeof reply !== 'object') throw new BadAnswer('malformed');
  const list = MODELS.safeParse(reply);
  return list.success ? list.data.data : [];
}

async function moderate(door: Door, { model, text, photo, signal }: ModerationPart) {
  const input = [
    ...(text === null ? [] : [{ type: 'text', text }]),
    ...(photo === null ? [] : [{ type: 'image_url', image_url: { url: new PhotoInQuestion(photo) } }]),
  ];
  const question = { path: '/moderations', body: { model, input }, holds: 'words' } as const;
  const response = await postQuestion(door, question, signal);
  const verdict = MODERATION.safeParse(await response.whole());
  if (!verdict.success) throw new BadAnswer('malformed');
  const { flagged, categories } = verdict.data.results[0];
  if (!flagged) return [];
  const names = Object.entries(categories).filter(([, isFlagged]) => isFlagged === true);
  return names.length === 0 ? ['other'] : names.map(([name]) => name);
}
