/**
 * Tells an advertising network what became of its clicks. `ConversionUpload` is what any of them must do;
 * Yandex Metrika's offline conversions are the first.
 */
import { createDispatcher, type OutgoingProxy } from '../dispatcher.ts';
import { encodeMultipart } from '../multipart.ts';

export type Conversion = {
  /** The goal's identifier in the network. */
  goal: string;
  at: Date;
  /** The network's own id of the click. */
  clickId: string;
  /** A decimal number and an ISO 4217 code; null where the conversion has no price, or one in Stars. */
  price: { amount: string; currency: string } | null;
};

export type UploadOutcome =
  | { kind: 'accepted' }
  /** The network said no; `reason` is its own word for it, or the status. */
  | { kind: 'refused'; reason: string }
  /** No valid answer came; it may have been taken all the same. */
  | { kind: 'unreachable'; reason: string };

export type ConversionUpload = {
  /** @throws the signal's reason when the signal aborts; every other failure is an outcome */
  upload(conversions: readonly Conversion[], signal: AbortSignal): Promise<UploadOutcome>;
  close(): Promise<void>;
};

type WriteCsv = (rows: readonly (readonly (string | number | null)[])[]) => string;

const CONNECT_TIMEOUT_MS = 5_000;
/** For one upload, from the connection to the last byte of the answer. */
const UPLOAD_TIMEOUT_MS = 30_000;
/** The answer describes the upload in a few lines; whatever is longer is none. */
const MAX_ANSWER_BYTES = 64 * 1024;

/**
 * Yandex Metrika: POST /management/v1/counter/{id}/offline_conversions/upload, a CSV file as multipart.
 * The token stands in a header only, and in no outcome.
 * @param options.apiRoot `https://api-metrika.yandex.net`, or a server of one's own, with its path if it has one
 */
export function createMetrikaUpload(options: {
  apiRoot: string;
  counterId: string;
  token: string;
  /** null, or nothing: Metrika is reached straight. */
  proxy?: OutgoingProxy | null;
  /** Rows as the text of a CSV file. */
  writeCsv: WriteCsv;
}): ConversionUpload {
  const root = new URL(options.apiRoot);
  const prefix = root.pathname.replace(/\/+$/, '');
  const path = `${prefix}/management/v1/counter/${options.counterId}/offline_conversions/upload`;
  const dispatcher = createDispatcher(options.proxy ?? null, {
    connections: 1,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
  });

  return {
    async upload(conversions, signal) {
      signal.throwIfAborted();
      const bytes = Buffer.from(options.writeCsv(metrikaRows(conversions)));
      const file = { name: 'file', filename: 'conversions.csv', contentType: 'text/csv', bytes };
      const form = encodeMultipart([file]);
      try {
        // A redirect is not followed: the token is for this address alone.
        const answer = await dispatcher.request({
          origin: root.origin,
          method: 'POST',
          path,
          headers: { authorization: `OAuth ${options.token}`, 'content-type': form.contentType },
          body: form.bytes,
          signal: AbortSignal.any([signal, AbortSignal.timeout(UPLOAD_TIMEOUT_MS)]),
        });
        return outcomeOf(answer.statusCode, await readUpTo(answer.body, MAX_ANSWER_BYTES));
      } catch (error) {
        signal.throwIfAborted();
        return { kind: 'unreachable', reason: wordFor(error) };
      }
    },

    close: () => dispatcher.destroy(),
  };
}

/** Times in whole seconds since 1970: Metrika refuses what is not in the past, so they are rounded down. */
function metrikaRows(conversions: readonly Conversion[]): Parameters<WriteCsv>[0] {
  return [
    ['Yclid', 'Target', 'DateTime', 'Price', 'Currency'],
    ...conversions.map(({ clickId, goal, at, price }) => [
      clickId,
      goal,
      Math.floor(at.getTime() / 1000),
      price?.amount ?? null,
      price?.currency ?? null,
    ]),
  ];
}

/** Metrika answers `{"uploading": …}`, or `{"errors": [{"error_type": …}]}`. */
function outcomeOf(status: number, text: string): UploadOutcome {
  const answer = parseObject(text);
  if (status >= 200 && status < 300) {
    return 'uploading' in answer
      ? { kind: 'accepted' }
      : { kind: 'unreachable', reason: `status ${status} without an upload` };
  }
  if (status >= 500) return { kind: 'unreachable', reason: `status ${status}` };
  const word = /"error_type"\s*:\s*"([a-z_]{1,40})"/.exec(text)?.[1];
  return { kind: 'refused', reason: word === undefined ? `status ${status}` : `status ${status} ${word}` };
}

function parseObject(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}

async function readUpTo(body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** The fault's code or name: a library's own message may hold more than a log should. */
function wordFor(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
