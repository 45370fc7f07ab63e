import type { ApiResponse } from '@grammyjs/types';
import type { Log } from '../log.ts';
import type { Journal } from './journal.ts';
import { METHODS } from './methods/index.ts';
import type { Parameters } from './parameters.ts';
import { NotPossible, Refusal } from './refusal.ts';
import type { Method, Store } from './store.ts';

export type Answer = { code: number; body: ApiResponse<unknown> };
/** An answer as it goes over the wire. */
export type RawAnswer = { code: number; type: string; bytes: Buffer };
export type Calls = ReturnType<typeof createCalls>;

/** Methods by their name in lower case: the Bot API does not mind how a method is written. */
const BY_NAME = new Map<string, { name: string; method: Method }>(
  Object.entries(METHODS).map(([name, method]) => [name.toLowerCase(), { name, method }]),
);

/** Carries out the bot's calls, turns refusals into answers, and writes everything into the journal. */
export function createCalls(deps: { store: Store; journal: Journal; log: Log }) {
  const { store, journal, log } = deps;

  async function answerOf(method: Method, call: Parameters, signal: AbortSignal): Promise<Answer> {
    try {
      return { code: 200, body: { ok: true, result: await method(call, store, signal) } };
    } catch (error) {
      if (error instanceof Refusal) return refused(error);
      // People's limits, met by way of a bot's call, are the bot's fault.
      if (error instanceof NotPossible) return refused(new Refusal(400, `Bad Request: ${error.message}`));
      log.error({ err: error }, 'sandbox: a Bot API call failed; this is a defect of the sandbox');
      return refused(new Refusal(500, 'Internal Server Error'));
    }
  }

  return {
    nameOf,

    async carryOut(asked: string, call: Parameters, signal: AbortSignal): Promise<Answer> {
      const startedAt = Date.now();
      const known = BY_NAME.get(asked.toLowerCase());
      const answer = known
        ? await answerOf(known.method, call, signal)
        : refused(new Refusal(404, 'Not Found: method not found'));
      if (!known) log.warn({ method: asked }, 'sandbox: the Bot API double has no such method');
      note(known?.name ?? asked, call, startedAt, answer);
      return answer;
    },

    /** Writes down a call that a fault answered, or left without an answer (code 0). */
    noteFault(asked: string, call: Parameters, code: number, description: string): void {
      journal.add({
        method: nameOf(asked),
        parameters: summaryOf(call),
        startedAt: Date.now(),
        endedAt: Date.now(),
        code,
        description,
      });
    },
  };

  function note(method: string, call: Parameters, startedAt: number, answer: Answer): void {
    journal.add({
      method,
      parameters: summaryOf(call),
      startedAt,
      endedAt: Date.now(),
      code: answer.code,
      ...(answer.body.ok ? {} : { description: answer.body.description }),
    });
  }
}

/** The method's name as the specification writes it; as it was asked for when there is no such method. */
function nameOf(asked: string): string {
  return BY_NAME.get(asked.toLowerCase())?.name ?? asked;
}

export function answerBytes({ code, body }: Answer): RawAnswer {
  return { code, type: 'application/json; charset=utf-8', bytes: Buffer.from(JSON.stringify(body)) };
}

export function refused(refusal: Refusal): Answer {
  return {
    code: refusal.code,
    body: {
      ok: false,
      error_code: refusal.code,
      description: refusal.message,
      ...(refusal.parameters ? { parameters: refusal.parameters } : {}),
    },
  };
}

function summaryOf(call: Parameters): Record<string, unknown> {
  const files = [...call.uploads].map(([name, { filename, bytes }]) => [
    name,
    { filename, bytes: bytes.byteLength },
  ]);
  return { ...call.values, ...Object.fromEntries(files) };
}
