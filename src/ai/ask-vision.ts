import type { z } from 'zod';
import type { Log } from '../log.ts';
import type { RunCall } from '../resilience/call.ts';
import { firstThatWorks, type Link } from './chain.ts';
import { withLimits } from './limits.ts';
import type { PaidCall } from './paid-call.ts';
import type { Answer } from './provider.ts';

/** A question about photos of a product. */
export type VisionQuestion<T> = Readonly<{
  /** For the journal of paid calls. */
  purpose: 'detection' | 'listing' | 'label';
  photoshootId: number;
  /** The finished picture that is asked about; null where there is none. */
  pictureId: number | null;
  userId: number;
  /** JPEGs. */
  photos: readonly Uint8Array[];
  /** How closely they are looked at. */
  detail: 'low' | 'high';
  /** The developer's part, and the user's part that comes with the photos. */
  instructions: string;
  text: string;
  /** The answer's form, and the name that the provider knows it by. Lengths are ours to check: it only steers. */
  schema: z.ZodType;
  schemaName: string;
  signal: AbortSignal;
  /** Reads what came. `code`: a word for the journal where it is of no use, else null. */
  read: (answer: Answer) => Readonly<{ value: T; code: string | null }>;
}>;

/** What was answered, and what it cost; null for a model without a price. */
export type VisionAnswer<T> = Readonly<{ value: T; costMicroUsd: number | null }>;

export type AskVision = ReturnType<typeof createAskVision>;

/** The circuit's name of the vision calls. */
export function detectionEndpoint({ provider }: Link): string {
  return `${provider.name}:detection`;
}

/**
 * Makes the one way to ask a model about photos: by a call that is paid for and written down, under the policy.
 *
 * It throws AppError `provider-unavailable`, `provider-paused`, `provider-rejected`, `provider-refused` or `cancelled`.
 */
export function createAskVision({
  link,
  run,
  paidCall,
  hashUser,
  log,
}: Readonly<{
  link: Link;
  run: RunCall;
  paidCall: PaidCall;
  hashUser: (userId: number) => string;
  log: Log;
}>) {
  const endpoint = detectionEndpoint(link);
  const { provider, model } = link;

  function ask<T>(question: VisionQuestion<T>, signal: AbortSignal): Promise<VisionAnswer<T>> {
    const { purpose, photoshootId, pictureId, photos, detail, instructions, text, schema, schemaName } =
      question;
    const row = { purpose, photoshootId, pictureId, provider: provider.name, model };
    return run({ endpoint, limit: 'whole', costly: false, signal, deadlineAt: null }, async (attempt) => {
      const context = { signal: attempt.signal, photos: photos.length };
      const { value, costMicroUsd } = await paidCall(row, context, async () => {
        const answer = await provider.answer({
          model,
          instructions,
          text,
          photos,
          detail,
          schema,
          schemaName,
          safetyIdentifier: hashUser(question.userId),
          signal: attempt.signal,
        });
        const { usage, requestId } = answer;
        return { usage, requestId, ...question.read(answer) };
      });
      return { value, costMicroUsd };
    });
  }

  return function askVision<T>(question: VisionQuestion<T>): Promise<VisionAnswer<T>> {
    const ofPhotoshoot = log.child({ photoshootId: question.photoshootId });
    return withLimits(question.signal, null, ({ signal }) =>
      firstThatWorks([link], ofPhotoshoot, () => ask(question, signal)),
    );
  };
}

/** What a model wrote as JSON; undefined where it is none. */
export function readJson({ text }: Answer): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
