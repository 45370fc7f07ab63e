import type { Log } from '../log.ts';
import type { RunCall } from '../resilience/call.ts';
import { firstThatWorks, type Link } from './chain.ts';
import { ProviderFailure, reasonOfCategory } from './classify-error.ts';
import { withLimits } from './limits.ts';
import { faultOf } from './paid-call.ts';
import { REFUSAL_REASONS, type RefusalReason } from './provider.ts';

export type ModerationRequest = Readonly<{
  photoshootId: number;
  text: string | null;
  photos: readonly Uint8Array[];
  signal: AbortSignal;
}>;

export type Moderation = Readonly<{ allowed: true } | { allowed: false; reason: RefusalReason }>;

/** The circuit's name of the moderation calls. */
export function moderationEndpoint({ provider }: Link): string {
  return `${provider.name}:moderation`;
}

/**
 * Asks the provider's moderation about a text and photos, one photo a request, side by side. It is free and
 * comes before anything that costs. One flagged part is enough for a refusal, also when another part could
 * not be asked about.
 *
 * Fails closed: throws AppError `provider-unavailable`, `provider-paused` or `provider-rejected` when it cannot be
 * had, and `cancelled`.
 * @param deps.link null where the owner has turned moderation off: then everything is allowed
 */
export function createModerate({ link, ...deps }: Readonly<{ link: Link | null; run: RunCall; log: Log }>) {
  return link === null ? allowAll : createModeration({ link, ...deps });
}

async function allowAll(_request: ModerationRequest): Promise<Moderation> {
  return { allowed: true };
}

function createModeration({ link, run, ...deps }: Readonly<{ link: Link; run: RunCall; log: Log }>) {
  const endpoint = moderationEndpoint(link);

  /** @param log says of which photoshoot */
  function categoriesOf(text: string | null, photo: Uint8Array | null, signal: AbortSignal, log: Log) {
    return firstThatWorks([link], log, ({ provider, model }) =>
      run({ endpoint, limit: 'whole', costly: false, signal, deadlineAt: null }, async (attempt) => {
        try {
          return await provider.moderate({ model, text, photo, signal: attempt.signal });
        } catch (error) {
          throw new ProviderFailure(faultOf(error, attempt.signal), error);
        }
      }),
    );
  }

  return function moderate(request: ModerationRequest): Promise<Moderation> {
    const { text, photos, photoshootId, signal: caller } = request;
    const words = text === null || text.trim() === '' ? null : text;
    if (words === null && photos.length === 0) return Promise.resolve({ allowed: true });
    const log = deps.log.child({ photoshootId });
    return withLimits(caller, null, async ({ signal }) => {
      const [first = null, ...others] = photos;
      const answers = await Promise.allSettled([
        categoriesOf(words, first, signal, log),
        ...others.map((photo) => categoriesOf(null, photo, signal, log)),
      ]);
      const flagged = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
      if (flagged.length > 0) return { allowed: false, reason: gravest(flagged) };
      for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
      return { allowed: true };
    });
  };
}

/** The reasons stand in the order in which they are told. */
function gravest(categories: readonly string[]): RefusalReason {
  const reasons = new Set(categories.map(reasonOfCategory));
  return REFUSAL_REASONS.find((reason) => reasons.has(reason)) ?? 'other';
}
