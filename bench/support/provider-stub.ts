/**
 * A provider that costs the machine next to nothing: it reads a request to its end, waits, and answers with
 * the same picture or the same four styles each time.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { type HttpStub, listen, readBody, sendJson } from './http-stub.ts';

export type ProviderStub = HttpStub & {
  /** Pictures that were asked for. */
  pictures(): number;
  /** Milliseconds from the last byte of each picture's request to the first of its answer, since the last call. */
  takePictureTimes(): number[];
};

/** @param webp what every picture looks like; @param answerMs for pictures and for the recognition */
export async function startProviderStub(webp: Buffer, answerMs: number): Promise<ProviderStub> {
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
  let times: number[] = [];

  const stub = await listen(async (request, response) => {
    await readBody(request);
    const startedAt = performance.now();
    switch (request.url) {
      case '/v1/moderations':
        return sendJson(response, MODERATION);
      case '/v1/responses':
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
  });

  return {
    ...stub,
    pictures: () => pictures,
    takePictureTimes() {
      const taken = times;
      times = [];
      return taken;
    },
  };
}

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
