import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { eventError } from './openai.ts';
import { parsePicture } from './parse-picture.ts';

/**
 * What the events of a stream hold, to its end or to OpenAI's word for it.
 * @param pieces its bytes, however they are cut
 * @param head the headers of the answer, for the error
 * @throws BadAnswer for what is no JSON, the SDK's error for an event that reports one, and what `pieces` throws
 */
export async function* readEvents(pieces: AsyncIterable<Uint8Array>, head: Headers): AsyncGenerator<unknown> {
  for await (const { event: name, data } of splitEvents(pieces)) {
    if (data === '[DONE]') return;
    const event = parsePicture(data);
    const error = typeof event === 'object' && event !== null && 'error' in event ? event.error : null;
    if (name === 'error' || error) throw eventError(error ?? event, head);
    yield event;
  }
}

async function* splitEvents(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<EventSourceMessage> {
  const events: EventSourceMessage[] = [];
  const parser = createParser({ onEvent: (event) => events.push(event) });
  const decoder = new TextDecoder();
  for await (const piece of pieces) {
    parser.feed(decoder.decode(piece, { stream: true }));
    yield* events.splice(0);
  }
  // Some relays end without the empty line behind the last event.
  parser.feed('\n\n');
  yield* events.splice(0);
}
