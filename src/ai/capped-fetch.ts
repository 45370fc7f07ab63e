import type { Dispatcher } from 'undici';
import { BadAnswer } from './classify-error.ts';

/**
 * fetch, with an end to how much an answer may hold: the SDK collects whatever comes. A body that goes on
 * after `maxBytes` is cut off, and reading it throws BadAnswer `too-large`.
 * @param dispatcher the connections that it uses
 */
export function createCappedFetch(dispatcher: Dispatcher, maxBytes: number): typeof fetch {
  // One class in two versions of its types: undici's own, and those that Node's are made of.
  const known = dispatcher as unknown as NonNullable<RequestInit['dispatcher']>;
  return async (input, init) => {
    // Node's own fetch and not undici's: the SDK is typed for that one.
    const response = await fetch(input, { ...init, dispatcher: known });
    if (response.body === null) return response;
    return new Response(response.body.pipeThrough(capBytes(maxBytes)), response);
  };
}

function capBytes(limit: number): TransformStream<Uint8Array, Uint8Array> {
  let bytes = 0;
  return new TransformStream({
    transform(chunk, controller) {
      bytes += chunk.byteLength;
      if (bytes > limit) controller.error(new BadAnswer('too-large'));
      else controller.enqueue(chunk);
    },
  });
}
