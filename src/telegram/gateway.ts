/**
 * Every call to the Bot API leaves through here: typed, paced, limited in time, repeated only where that
 * cannot do a thing twice, and with the token in no error and no log line.
 */
import type { OutgoingProxy } from '../dispatcher.ts';
import type { PartHealth } from '../health.ts';
import type { Log } from '../log.ts';
import { createAttempts, type Departure, type Repetitions } from './attempts.ts';
import { encodeParams } from './encode.ts';
import { type CallClass, classOf, isRepeatable } from './methods.ts';
import { createPacing, type PacingLimits, TELEGRAM_LIMITS } from './pacing.ts';
import { type CallOutcome, readFile, readResult } from './read-answer.ts';
import { isLocalPath, readLocalFile } from './read-local-file.ts';
import { attemptMs, DOWNLOAD_MS, retryWaitMs } from './time-limits.ts';
import { createTransport, type HttpRequest } from './transport.ts';
import type { Method, MethodResult, Params } from './types.ts';

export type CallOptions = Readonly<{
  signal?: AbortSignal | undefined;
  /** For one attempt, from a free connection to the last byte of the answer. */
  timeoutMs?: number;
  /** How long the call waits at most where Telegram says “retry after”; 0: it is refused at once. */
  maxRetryWaitMs?: number;
  departure?: Departure;
}>;

export type Gateway = {
  /**
   * Calls a method.
   * @throws TelegramRefused when Telegram says no, also when it says “retry after” for longer than we wait.
   * @throws TelegramUnreachable when no valid answer came; its `sent` says whether it may have been done.
   * @throws the signal's reason when the signal aborts.
   * @throws what its departure throws; then nothing was done.
   */
  call<M extends Method>(method: M, params: Params<M>, options?: CallOptions): Promise<MethodResult<M>>;

  /**
   * The bytes behind the `file_path` that getFile answered, in memory of their own; from the disk where a server in
   * local mode keeps them.
   * @throws AppError 'file-too-large' above `maxBytes`, which is also the most that is ever held.
   * @throws TelegramRefused with 404 when the path has expired (after an hour or more).
   * @throws TelegramUnreachable, and the signal's reason.
   */
  download(
    filePath: string,
    options: { maxBytes: number; signal?: AbortSignal | undefined },
  ): Promise<Uint8Array>;

  statistics(): GatewayStatistics;

  /** Whether Telegram has answered nobody for a while. */
  isAway(): boolean;

  /** Degraded while Telegram does not answer, and before it has answered for the first time. */
  health(): PartHealth;

  /** Ends every wait, lets calls under way end for a few seconds, closes the connections. */
  close(): Promise<void>;
};

/** Counted since the start, but for the last three, which are what is now. */
type GatewayStatistics = Readonly<{
  calls: number;
  refused: number;
  unreachable: number;
  repeated: number;
  inFlight: number;
  /** Messages in line, and chats of which anything is remembered. */
  waiting: number;
  chats: number;
}>;

/** As many as updates are handled at once (intake/settings.ts): a call's time runs while it waits for one. */
const CONNECTIONS = 128;
/** About three seconds in all: a connection that broke is there again, and nobody has waited for long. */
const AFTER_FAULT: Repetitions = { repetitions: 3, firstBackOffMs: 600, longestBackOffMs: 3_000 };
/** A hundred updates stay below 2 MB; nothing that the Bot API answers comes near this. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;

/** The one way out to Telegram. Whoever makes it closes it. */
export function createGateway(options: {
  token: string;
  /** `https://api.telegram.org`, or another Bot API server, with its path if it has one. */
  apiRoot: string;
  log: Log;
  pacing?: PacingLimits | 'off';
  /** Connections that are open at the same time, at most. */
  connections?: number;
  /** null, or nothing: the server is reached straight. */
  proxy?: OutgoingProxy | null;
  afterFault?: Repetitions;
}): Gateway {
  const transport = createTransport(options.apiRoot, {
    connections: options.connections ?? CONNECTIONS,
    proxy: options.proxy ?? null,
  });
  const pacing = createPacing(options.pacing ?? TELEGRAM_LIMITS);
  const attempts = createAttempts({
    pacing,
    log: options.log,
    afterFault: options.afterFault ?? AFTER_FAULT,
  });
  // The half behind the colon is the secret; alone it is found however the colon was written.
  const secret = options.token.slice(options.token.indexOf(':') + 1);
  const scrub = (text: string) => text.replaceAll(secret, '[token]');

  let closing: Promise<void> | undefined;

  return {
    async call<M extends Method>(
      method: M,
      params: Params<M>,
      { signal, timeoutMs, maxRetryWaitMs, departure }: CallOptions = {},
    ) {
      const callClass = classOf(method, params);
      const body = encodeParams(params);
      const request: HttpRequest = {
        method: 'POST',
        path: `/bot${options.token}/${method}`,
        contentType: body.contentType,
        body: body.bytes,
        timeoutMs: timeoutMs ?? attemptMs(method, callClass, params, body),
        maxBytes: MAX_ANSWER_BYTES,
      };
      return await attempts.perform<MethodResult<M>>({
        name: method,
        callClass,
        repeatable: isRepeatable(method),
        maxRetryWaitMs: retryWaitMs(callClass, maxRetryWaitMs),
        signal,
        departure,
        send: () => transport.exchange(request, signal),
        // The shape of a result is Telegram's promise for its method, which the types write down.
        read: (exchange) => readResult({ name: method, scrub }, exchange) as CallOutcome<MethodResult<M>>,
      });
    },

    download(filePath, { maxBytes, signal }) {
      if (isLocalPath(filePath)) return readLocalFile(filePath, { maxBytes, signal });
      const path = filePath.split('/').map(encodeURIComponent).join('/');
      const request: HttpRequest = {
        method: 'GET',
        path: `/file/bot${options.token}/${path}`,
        timeoutMs: DOWNLOAD_MS,
        maxBytes,
      };
      const callClass: CallClass = { kind: 'other', chat: null };
      return attempts.perform({
        name: 'download',
        callClass,
        repeatable: true,
        maxRetryWaitMs: retryWaitMs(callClass),
        signal,
        departure: undefined,
        send: () => transport.exchange(request, signal),
        read: (exchange) => readFile({ name: 'download', scrub }, exchange),
      });
    },

    isAway: attempts.isAway,
    health: attempts.health,

    statistics: () => ({ ...attempts.counts(), ...pacing.statistics() }),

    close() {
      pacing.close();
      closing ??= transport.close();
      return closing;
    },
  };
}
