import type { Dispatcher } from 'undici';
import { z } from 'zod';
import type { AiEndpoint } from '../config.ts';
import { chatApi } from './chat-api.ts';
import { BadAnswer } from './classify-error.ts';
import { imagesApi } from './images-api.ts';
import { imageModel } from './models.ts';
import { type Door, openDoor } from './openai.ts';
import { dataUrl } from './protocol.ts';
import type { ListedModel, ModerationPart, Provider } from './provider.ts';

const MODELS = z.object({
  data: z.array(
    z
      .object({ id: z.string(), shutdown_date: z.iso.date().nullable().catch(null) })
      .transform(({ id, shutdown_date }): ListedModel => ({ id, shutdownDate: shutdown_date })),
  ),
});

/** An endpoint that speaks OpenAI's API, through its SDK, over connections that whoever hands them in closes. */
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
