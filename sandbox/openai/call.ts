import type { FaultRule } from '../faults.ts';

/** One request as the endpoints see it. */
export type Call<Body = unknown> = Readonly<{
  /** Hexadecimal, unlike any other call's; part of every id in the answer. */
  id: string;
  /** As in the answer's x-request-id. */
  requestId: string;
  /** Where the sandbox was asked, such as `http://127.0.0.1:4000`. */
  origin: string;
  body: Body;
  /** The fault that an endpoint acts out in what it says; the others are acted out around it. */
  fault: FaultRule | undefined;
  /** Aborts when the client has gone. */
  gone: AbortSignal;
}>;

export type ServerEvent = Readonly<{ type: string; [field: string]: unknown }>;

/** What an endpoint answers: a body, or a stream whose last event is made when it is asked for. */
export type Answer =
  | Readonly<{ kind: 'body'; body: object }>
  | Readonly<{ kind: 'stream'; events: AsyncIterable<ServerEvent>; isLast: (event: ServerEvent) => boolean }>;
