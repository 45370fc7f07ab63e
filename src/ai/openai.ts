/** The one door to OpenAI's SDK: a client for each endpoint, and what of the SDK questions and answers need. */
import OpenAI, { toFile } from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import { Stream } from 'openai/streaming';
import type { Dispatcher } from 'undici';
import type { AiEndpoint } from '../config.ts';
import { createCappedFetch } from './capped-fetch.ts';
import { MAX_PICTURE_BYTES } from './fetch-picture.ts';

export { zodResponseFormat, zodTextFormat };

/** Below Node's own limit of 300 s on headers; the limits that people feel are the policy's. */
const BACKSTOP_TIMEOUT_MS = 290_000;
/** A finished picture of 40 MB in base64, and unfinished ones of the usual size. */
const MAX_PICTURE_ANSWER_BYTES = 64 * 1024 * 1024;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;

/** The way to an endpoint: a client for its short answers, and one for those that hold pictures. */
export type Door = Readonly<{
  client: OpenAI;
  pictures: OpenAI;
  /** For a picture that lies elsewhere. */
  fetchPicture: typeof fetch;
  baseURL: string;
  takes: AiEndpoint['takes'];
}>;

/** What OpenAI itself says of the tokens of an answer. */
export type ResponseUsage = OpenAI.Responses.ResponseUsage;

/** Opens the way over connections that whoever hands them in closes. */
export function openDoor({ baseURL, apiKey, takes }: AiEndpoint, dispatcher: Dispatcher): Door {
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
  return { client, pictures, fetchPicture, baseURL, takes };
}

/** Photos as parts of a form. */
export function photoFiles(photos: readonly Uint8Array[]) {
  return Promise.all(
    photos.map((photo, index) => toFile(photo, `photo-${index + 1}.jpg`, { type: 'image/jpeg' })),
  );
}

/** The events of a picture's stream; an abort ends them without a word. */
export function eventsOf(response: Response, { pictures }: Door): AsyncIterable<unknown> {
  return Stream.fromSSEResponse<unknown>(response, new AbortController(), pictures);
}
