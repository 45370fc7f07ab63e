/**
 * A provider that costs the machine next to nothing: it reads a request to its end, waits, and answers with
 * the same picture or the same four styles each time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type HttpStub, listen, readBody, sendJson } from './http-stub.ts';

export type ProviderStub = HttpStub & {
  /** Pictures that were made, and photos that were recognised; what was refused is in neither. */
  pictures(): number;
  recognitions(): number;
  /** Milliseconds from the last byte of each picture's request to the first of its answer, since the last call. */
  takePictureTimes(): number[];
};

/** What every picture looks like, in each format that may be asked for. */
export type StubPictures = Readonly<Record<'webp' | 'jpeg', Buffer>>;

/**
 * @param options.answerMs for pictures and for the recognition; a partial picture comes in the middle of it
 * @param options.partials whether unfinished pictures are sent to whoever asks for them
 * @param options.faultShare of all calls that are answered with a gateway's 503, 0 to 1
 */
export async function startProviderStub(
  looks: StubPictures,
  {
    answerMs,
    partials = true,
    faultShare = 0,
    port = 0,
  }: { answerMs: number; partials?: boolean; faultShare?: number; port?: number },
): Promise<ProviderStub> {
  const streams = { webp: eventsOf(looks.webp), jpeg: eventsOf(looks.jpeg) };
  let pictures = 0;
  let recognitions = 0;
  let times: number[] = [];

  const stub = await listen(async (request, response) => {
    const body = await readBody(request);
    const startedAt = performance.now();
    if (request.url !== '/v1/models' && Math.random() < faultShare) {
      response.writeHead(503, { 'content-type': 'text/html' });
      response.end('<html>Service Unavailable</html>');
      return;
    }
    switch (request.url) {
      case '/v1/models':
        return sendJson(response, MODELS);
      case '/v1/moderations':
        return sendJson(response, MODERATION);
      case '/v1/responses':
        recognitions += 1;
        await delay(answerMs);
        return sendJson(response, RECOGNITION);
      case '/v1/images/edits': {
        pictures += 1;
        const { partial, completed } = streams[fieldOf(body, 'output_format') === 'jpeg' ? 'jpeg' : 'webp'];
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        await delay(answerMs / 2);
        if (partials && Number(fieldOf(body, 'partial_images') ?? 0) > 0) response.write(partial);
        await delay(answerMs / 2);
        times.push(performance.now() - startedAt);
        response.end(completed);
        return;
      }
      default:
        response.writeHead(404).end();
    }
  }, port);

  return {
    ...stub,
    pictures: () => pictures,
    recognitions: () => recognitions,
    takePictureTimes() {
      const taken = times;
      times = [];
      return taken;
    },
  };
}

/** A text of a multipart body. */
function fieldOf(body: Buffer, name: string): string | undefined {
  const at = body.indexOf(`name="${name}"`);
  return at < 0 ? undefined : /\r\n\r\n([^\r]*)/.exec(body.toString('latin1', at, at + 200))?.[1];
}

function eventsOf(picture: Buffer): { partial: Buffer; completed: Buffer } {
  const b64_json = picture.toString('base64');
  const partial = { type: 'image_edit.partial_image', b64_json, partial_image_index: 0 };
  const completed = {
    type: 'image_edit.completed',
    b64_json,
    size: '1024x1024',
    usage: {
      input_tokens: 500,
      output_tokens: 1500,
      total_tokens: 2000,
      input_tokens_details: { image_tokens: 400, text_tokens: 100 },
    },
  };
  return { partial: eventOf(partial), completed: eventOf(completed) };
}

function eventOf(event: { type: string }): Buffer {
  return Buffer.from(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
}

/** What the free question for the return of a provider is answered with. */
const MODELS = JSON.stringify({ object: 'list', data: [] });

const MODERATION = JSON.stringify({
  id: 'moderation',
  model: 'omni-moderation-latest',
  results: [{ flagged: false, categories: {}, category_scores: {} }],
});

const PRODUCT = {
  isProduct: true,
  sameProduct: true,
  name: 'Blue mug',
  kind: 'mug',
  ratio: '1:1',
  trouble: 'none',
  styles: ['Kitchen', 'Garden', 'Studio', 'Winter'].map((title) => ({
    title,
    prompt: `The product stands in a ${title.toLowerCase()} scene with soft light.`,
  })),
};

const RECOGNITION = JSON.stringify({
  id: 'response',
  object: 'response',
  status: 'completed',
  output: [
    {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text: JSON.stringify(PRODUCT), annotations: [] }],
    },
  ],
  usage: { input_tokens: 900, output_tokens: 300, total_tokens: 1200 },
});
