/** What the two ways of asking an endpoint of OpenAI's kind have in common (images-api.ts, chat-api.ts). */
import { z } from 'zod';
import { BadAnswer } from './classify-error.ts';
import type { Door } from './openai.ts';
import type { Answer } from './provider.ts';

/** Four proposals take about 600 tokens; the rest is for languages that take more. */
export const MAX_ANSWER_TOKENS = 2500;

/** A number of tokens, as every maker counts them. */
export const TOKENS = z.number().int().min(0);

/** How an answer of this status ended; one that was refused may call itself completed. */
export function endOf(status: string | undefined, refused: boolean): Answer['end'] {
  if (refused) return 'refused';
  return status === 'completed' ? 'complete' : 'truncated';
}

/** Who asks, without telling who it is, for the endpoints that take it. */
export function safetyIdentifier({ takes }: Door, request: Readonly<{ safetyIdentifier: string }>) {
  return takes.includes('safety_identifier') ? { safety_identifier: request.safetyIdentifier } : {};
}

/** @throws BadAnswer for what is no JSON, such as a page of a proxy */
export function parseJson(text: string, revive?: (key: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, revive);
  } catch {
    // Not the SyntaxError itself, which quotes what it read.
    throw new BadAnswer('malformed');
  }
}
