/**
 * A question to an endpoint, past the SDK, which with fetch and its streams takes several times the processor time for
 * what holds pictures, in the question or in its answer (docs/decisions/049). Where it goes, and what an error is, is
 * still the SDK's (openai.ts).
 */
import { pipeline, type Readable, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { type Dispatcher, request } from 'undici';
import { BadAnswer } from './classify-error.ts';
import { answerError, type Body, type Door, prepareRequest } from './openai.ts';
import { parsePicture } from './parse-picture.ts';
import { readEvents } from './read-events.ts';

/** What an answer may hold at most, in bytes. */
const MOST_BYTES = {
  words: 4 * 1024 * 1024,
  // A finished picture of 40 MB in base64, and unfinished ones of the usual size.
  pictures: 64 * 1024 * 1024,
} as const;
/** How much may follow on what is read, and for how long, before the connection is given up instead of kept. */
const REST_BYTES = 64 * 1024;
const REST_MS = 1000;
/** What a body may be packed with although nothing of the kind was asked for. */
const UNPACKERS: ReadonlyMap<string, () => Transform> = new Map([
  ['gzip', createGunzip],
  ['br', createBrotliDecompress],
  ['deflate', createInflate],
]);

/** An answer that has begun well. Its body is read once, by `events` or by `whole`. */
export type HttpAnswer = Readonly<{
  requestId: string | null;
  /** A proxy may answer in one piece although a stream was asked for. */
  isStream: boolean;
  /** What the events of a stream hold, to its end. @throws BadAnswer, the SDK's error for an event that is one */
  events: () => AsyncGenerator<unknown>;
  /** What an answer in one piece holds. @throws BadAnswer */
  whole: () => Promise<unknown>;
}>;

/**
 * Sends a question and waits for the head of its answer. No redirect is followed: the key would go along.
 * @param question.holds what its answer holds
 * @param signal ends the exchange at any time, also while the body is read; what is thrown then says nothing
 * @throws what undici throws, and the SDK's error for an answer that is no success
 */
export async function postQuestion(
  door: Door,
  { holds, ...question }: Readonly<{ path: string; holds: keyof typeof MOST_BYTES }> & Body,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  const { url, headers, body } = await prepareRequest(door, question);
  const answer = await request(url, {
    method: 'POST',
    // Base64 that is packed takes more time to unpack than it saves on the way.
    headers: [...headers, ['accept-encoding', 'identity'] as const].flat(),
    body,
    signal,
    dispatcher: door.dispatcher,
  });
  const head = headersOf(answer.headers);
  const pieces = readPieces(answer.body, head.get('content-encoding'), MOST_BYTES[holds]);
  if (answer.statusCode < 200 || answer.statusCode > 299) {
    // What cannot be read says no less than the status alone.
    const text = await readAll(pieces).catch(() => '');
    throw answerError(answer.statusCode, text, head);
  }
  return {
    requestId: head.get('x-request-id'),
    isStream: head.get('content-type')?.startsWith('text/event-stream') ?? false,
    events: () => readEvents(pieces, head),
    whole: async () => parsePicture(await readAll(pieces)),
  };
}

async function readAll(pieces: AsyncIterable<Buffer>): Promise<string> {
  return Buffer.concat(await Array.fromAsync(pieces)).toString();
}

/**
 * A body as it comes, with an end to how much it may hold. Where the reader stops early, it is let come to its end, so
 * that its connection, with the greeting of TLS, can be used again.
 * @throws BadAnswer `too-large`
 */
async function* readPieces(
  body: Dispatcher.ResponseData['body'],
  packedWith: string | null,
  most: number,
): AsyncGenerator<Buffer> {
  const unpacker = UNPACKERS.get(packedWith ?? '');
  // Whoever reads meets the error.
  const source: Readable = unpacker === undefined ? body : pipeline(body, unpacker(), () => {});
  let bytes = 0;
  let isTooLarge = false;
  try {
    for await (const piece of source.iterator({ destroyOnReturn: false })) {
      bytes += piece.length;
      isTooLarge = bytes > most;
      if (isTooLarge) throw new BadAnswer('too-large');
      yield piece;
    }
  } finally {
    if (isTooLarge) body.destroy();
    else letEnd(body, bytes + REST_BYTES);
  }
}

function letEnd(body: Dispatcher.ResponseData['body'], limit: number): void {
  // A rest that fails or goes on is of no interest to anybody.
  body.dump({ limit, signal: AbortSignal.timeout(REST_MS) }).catch(() => {});
}

function headersOf(raw: Dispatcher.ResponseData['headers']): Headers {
  const pairs = Object.entries(raw).flatMap(([name, value]) =>
    [value ?? []].flat().map((one): [string, string] => [name, one]),
  );
  return new Headers(pairs);
}
