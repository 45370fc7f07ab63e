/**
 * One HTTP exchange with Telegram over undici's keep-alive connections, and its outcome as a value. It speaks to
 * undici's dispatcher directly: no streams are built for answers that are one small chunk, and the moment in
 * which a request begins to be written is seen, which alone tells whether it may have been carried out.
 */
import type { Dispatcher } from 'undici';
import { createDispatcher, type OutgoingProxy } from '../dispatcher.ts';
import { waitAtMost } from '../time/deadline.ts';

export type HttpRequest = Readonly<{
  method: 'GET' | 'POST';
  /** Below the root, with its leading slash. It holds the token. */
  path: string;
  contentType?: string;
  body?: string | Buffer;
  /** For the whole exchange: a free connection, the upload, the answer to its last byte. */
  timeoutMs: number;
  /** The longest answer that is taken, in bytes. */
  maxBytes: number;
}>;

/**
 * `not-connected`: there was no connection, and no byte was written. `expired`: it took too long, before or
 * (`begun`) after the first byte was written. `broken`: the connection broke off within the exchange.
 */
export type Exchange =
  | { kind: 'answer'; status: number; body: Buffer }
  | { kind: 'too-large' }
  | { kind: 'not-connected'; reason: string }
  | { kind: 'expired'; begun: boolean; reason: string }
  | { kind: 'broken'; reason: string };

/** Half of what undici allows by itself: a connection that does not come up is tried again instead. */
const CONNECT_TIMEOUT_MS = 5_000;
/** Spans the pause between two taps without a new TLS handshake; a shorter hint of the server wins. */
const KEEP_ALIVE_MS = 20_000;
/** How long a close waits for exchanges that are under way. */
const CLOSE_GRACE_MS = 5_000;

/** The connections to one API root (`https://api.telegram.org`, or a server of one's own with any path). */
export function createTransport(
  apiRoot: string,
  { connections, proxy }: Readonly<{ connections: number; proxy: OutgoingProxy | null }>,
) {
  const root = new URL(apiRoot);
  const prefix = root.pathname.replace(/\/+$/, '');
  const dispatcher = createDispatcher(proxy, {
    connections,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    keepAliveTimeoutMs: KEEP_ALIVE_MS,
    // One limit holds for the whole exchange instead of undici's two for its parts.
    silenceMs: 0,
  });

  return {
    /** @throws the signal's reason when the signal aborts; every other failure is an outcome. */
    exchange(request: HttpRequest, signal: AbortSignal | undefined): Promise<Exchange> {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        let controller: Dispatcher.DispatchController | undefined;
        let settled = false;
        let status = 0;
        let received = 0;
        const chunks: Buffer[] = [];

        const settle = (): boolean => {
          if (settled) return false;
          settled = true;
          clearTimeout(timer);
          signal?.removeEventListener('abort', onAbort);
          return true;
        };
        const finish = (exchange: Exchange) => {
          if (settle()) resolve(exchange);
        };
        /** Closes the connection of an exchange whose end nobody waits for. */
        const cut = () => controller?.abort(new Error('cut'));
        const onAbort = () => {
          if (settle()) reject(signal?.reason);
          cut();
        };
        const takeUpTo = (bytes: number) => {
          if (bytes <= request.maxBytes) return true;
          finish({ kind: 'too-large' });
          cut();
          return false;
        };
        // A timer of its own instead of time/'s: it ends in an outcome that says whether anything was written,
        // and what it cuts is undici's controller, which takes no signal.
        const timer = setTimeout(() => {
          const reason = `no answer within ${request.timeoutMs} ms`;
          finish({ kind: 'expired', begun: controller !== undefined, reason });
          cut();
        }, request.timeoutMs);
        signal?.addEventListener('abort', onAbort, { once: true });

        dispatcher.dispatch(
          {
            origin: root.origin,
            path: prefix + request.path,
            method: request.method,
            headers: request.contentType === undefined ? null : { 'content-type': request.contentType },
            body: request.body ?? null,
          },
          {
            onRequestStart(started) {
              // It was given up while it waited for a connection: nothing of it is written.
              if (settled) started.abort(new Error('cut'));
              else controller = started;
            },
            onResponseStart(_controller, statusCode, headers) {
              status = statusCode;
              takeUpTo(Number(headers['content-length'] ?? 0));
            },
            onResponseData(_controller, chunk) {
              received += chunk.length;
              if (takeUpTo(received)) chunks.push(chunk);
            },
            onResponseEnd() {
              finish({ kind: 'answer', status, body: joinChunks(chunks) });
            },
            onResponseError(_controller, error) {
              const reason = describeFault(error);
              finish({ kind: controller === undefined ? 'not-connected' : 'broken', reason });
            },
          },
        );
      });
    },

    /** Lets exchanges that are under way end, for a few seconds, and then cuts them. */
    async close(): Promise<void> {
      await waitAtMost(CLOSE_GRACE_MS, dispatcher.close());
      await dispatcher.destroy();
    },
  };
}

function joinChunks(chunks: Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

function describeFault(error: Error): string {
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code} ` : '';
  return `${code}${error.message}`.trim();
}
