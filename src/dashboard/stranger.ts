import type { FastifyRequest } from 'fastify';
import type { Texts, Translate } from '../texts/texts.ts';

/** Somebody who is not signed in, in the language that their browser asks for first. */
export function strangerOf(
  { texts }: { texts: Texts },
  request: FastifyRequest,
): { language: string; t: Translate } {
  const [first] = request.headers['accept-language']?.split(/[,;]/) ?? [];
  const language = texts.match(first);
  return { language, t: texts.in(language) };
}
