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

/**
 * @param webp what every picture looks like
 * @param options.answerMs for pictures and for the recognition
 * @param options.faultShare of all calls that are answered with a gateway's 503, 0 to 1
 */
export async function startProviderStub(
  webp: Buffer,
  { answerMs, faultShare = 0, port = 0 }: { answerMs: number; faultShare?: number; port?: number },
): Promise<ProviderStub> {
  const completed = {
    type: 'image_edit.completed',
    b64_json: webp.toString('base64'),
    size: '1024x1024',
    usage: {
      input_tokens: 500,
      output_tokens: 1500,
      total_tokens: 2000,
      input_tokens_details: { image_tokens: 400, text_tokens: 100 },
    },
  };
  const stream = Buffer.from(`event: ${completed.type}\ndata: ${JSON.stringify(completed)}\n\n`);
  let pictures = 0;
  let recognitions = 0;
  let times: number[] = [];

  const stub = await listen(async (request, response) => {
    await readBody(request);
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
      case '/v1/images/edits':
        pictures += 1;
        await delay(answerMs);
        times.push(performance.now() - startedAt);
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(stream);
        return;
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
