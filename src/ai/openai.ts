/** The one door to OpenAI's SDK: a client for each endpoint, and what of the SDK questions and answers need. */
import OpenAI from 'openai';
import { zodResponseFormat, zodTextFormat } from 'openai/helpers/zod';
import type { Dispatcher } from 'undici';
import type { AiEndpoint } from '../config.ts';
import { encodeMultipart, type Part } from '../multipart.ts';
import { createCappedFetch } from './capped-fetch.ts';
import { MAX_PICTURE_BYTES } from './fetch-picture.ts';
import { encodeJson } from './json-with-photos.ts';

export { zodResponseFormat, zodTextFormat };

/** Below Node's own limit of 300 s on headers; the limits that people feel are the policy's. */
const BACKSTOP_TIMEOUT_MS = 290_000;
/** Of the list of models, which alone the client asks for itself. */
const MAX_LIST_BYTES = 4 * 1024 * 1024;

/** The way to an endpoint. Questions go past the client, over the same connections (post-question.ts). */
export type Door = Readonly<{
  client: OpenAI;
  dispatcher: Dispatcher;
  /** For a picture that lies elsewhere. */
  fetchPicture: typeof fetch;
  baseURL: string;
  takes: AiEndpoint['takes'];
}>;

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
    fetch: createCappedFetch(dispatcher, MAX_LIST_BYTES),
  });
  const fetchPicture = createCappedFetch(dispatcher, MAX_PICTURE_BYTES);
  return { client, dispatcher, fetchPicture, baseURL, takes };
}

/** What is asked: an object that is sent as JSON, or the parts of a form. */
export type Body = Readonly<{ body: object } | { parts: readonly Part[] }>;

/**
 * A POST as the SDK would send it: its address, its headers with the key among them, and its body.
 * @param question what is sent as JSON, or the parts of a form
 */
export async function prepareRequest(
  { client }: Door,
  { path, ...question }: Readonly<{ path: string }> & Body,
): Promise<Readonly<{ url: string; headers: Headers; body: Buffer }>> {
  const { contentType, bytes } =
    'parts' in question
      ? encodeMultipart(question.parts)
      : { contentType: 'application/json', bytes: encodeJson(question.body) };
  const headers = { 'content-type': contentType };
  const { url, req } = await client.buildRequest({ method: 'post', path, headers, body: bytes });
  return { url, headers: req.headers, body: bytes };
}

/** The SDK's error for an answer that is no success. @param text its body */
export function answerError(status: number, text: string, headers: Headers): Error {
  const parsed = jsonOf(text);
  if (parsed === null) return OpenAI.APIError.generate(status, undefined, text, headers);
  // Some relays leave the envelope out.
  const body = 'error' in parsed && parsed.error !== null ? parsed : { error: parsed };
  return OpenAI.APIError.generate(status, body, undefined, headers);
}

/** The SDK's error for an event of a stream that reports one. */
export function eventError(error: unknown, headers: Headers): Error {
  return new OpenAI.APIError(undefined, Object(error), undefined, headers);
}

function jsonOf(text: string): object | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' ? parsed : null;
  } catch {
    return null;
  }
}
