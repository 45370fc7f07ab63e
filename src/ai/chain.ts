import { AppError } from '../errors.ts';
import type { Log } from '../log.ts';
import { CallUnavailable } from '../resilience/call-unavailable.ts';
import { type Fault, ProviderFailure } from './classify-error.ts';
import { USUAL_WAIT_MS } from './limits.ts';
import type { Provider } from './provider.ts';

/** One model at one endpoint. */
export type Link = Readonly<{ provider: Provider; model: string }>;

/**
 * The link that `name` means: `endpoint/model` where there is such an endpoint, otherwise a model of the
 * first endpoint (whose model names may hold a slash of their own).
 */
export function linkOf(name: string, providers: readonly [Provider, ...Provider[]]): Link {
  const slash = name.indexOf('/');
  const provider = providers.find((candidate) => candidate.name === name.slice(0, Math.max(slash, 0)));
  if (provider === undefined) return { provider: providers[0], model: name };
  return { provider, model: name.slice(slash + 1) };
}

/**
 * Tries one link after the other and gives back the first success. A refusal, an abort, the deadline, a full
 * bulkhead and errors of ours end the chain; an endpoint without money or key loses its other models too;
 * after everything else comes the next link.
 *
 * Throws AppError
 * - `provider-refused` with details.reason: why the content was refused;
 * - `provider-unavailable` with details.reason and details.retryAfterMs: some link may recover by itself;
 * - `provider-paused` with details.reason `quota`, `key` or `model`: every link waits for a person;
 * - `provider-rejected`: no link takes this request, and waiting would not help. It goes before a model that is not
 *   there, so that one odd request stops nobody else's, and after quota and key, which come back;
 * - and what ended the chain, as it is.
 * The last three name the link in details.model; details.code is the provider's own word, or ours, and details.words
 * its sentence, empty where it said none.
 */
export async function firstThatWorks<T>(
  links: readonly Link[],
  log: Log,
  attempt: (link: Link) => Promise<T>,
): Promise<T> {
  const failures: LinkFailure[] = [];
  const closed = new Set<Provider>();
  for (const link of links) {
    if (closed.has(link.provider)) continue;
    try {
      return await attempt(link);
    } catch (error) {
      const failure = linkFailure(link, error);
      const { means, reason } = failure;
      if (reason === 'quota' || reason === 'key') closed.add(link.provider);
      failures.push(failure);
      log.warn(
        { err: error, endpoint: link.provider.name, model: link.model, means, reason },
        'a model gave no answer',
      );
    }
  }
  throw verdictOnChain(failures);
}

type LinkFailure = Readonly<
  { model: string; error: unknown } & (
    | { means: 'unavailable'; reason: string; retryAfterMs: number | null }
    | { means: 'paused'; reason: 'quota' | 'key' | 'model' }
    | { means: 'rejected'; reason: 'rejected' }
  )
>;

/** What a link's error means for the chain. Throws what ends it. */
function linkFailure({ provider, model: bare }: Link, error: unknown): LinkFailure {
  const model = `${provider.name}/${bare}`;
  if (error instanceof ProviderFailure) return faultFailure(error.fault, model, error);
  if (!(error instanceof CallUnavailable)) throw error;
  const { reason, retryAfterMs } = error;
  const failure = { means: 'unavailable', reason, retryAfterMs, model, error } as const;
  // The next link would only run into it as well.
  if (reason === 'busy') throw unavailable(failure, retryAfterMs ?? USUAL_WAIT_MS);
  return failure;
}

function faultFailure(fault: Fault, model: string, error: unknown): LinkFailure {
  switch (fault.kind) {
    case 'refused':
      throw new AppError('provider-refused', `the provider refused: ${fault.code}`, {
        cause: error,
        details: { reason: fault.reason },
      });
    case 'quota':
    case 'key':
    case 'model':
      return { means: 'paused', reason: fault.kind, model, error };
    case 'rejected':
      return { means: 'rejected', reason: fault.kind, model, error };
    case 'try-again':
    case 'server':
    case 'connection':
    case 'bad-answer':
    case 'interrupted':
      return { means: 'unavailable', reason: fault.kind, retryAfterMs: fault.retryAfterMs, model, error };
  }
}

function verdictOnChain(failures: readonly LinkFailure[]): AppError {
  const last = failures.at(-1);
  if (last === undefined) return new AppError('unexpected', 'a chain of models without a model');
  const recovering = failures.filter((failure) => failure.means === 'unavailable');
  const lastRecovering = recovering.at(-1);
  if (lastRecovering !== undefined) {
    const retryAfterMs = Math.min(...recovering.map((failure) => failure.retryAfterMs ?? USUAL_WAIT_MS));
    return unavailable(lastRecovering, retryAfterMs);
  }
  const comesBack = failures.findLast(({ reason }) => reason === 'quota' || reason === 'key');
  const rejected = failures.findLast(({ means }) => means === 'rejected');
  const { reason, error, ...failure } = comesBack ?? rejected ?? last;
  const code = failure.means === 'rejected' ? 'provider-rejected' : 'provider-paused';
  return new AppError(code, `no model can be used: ${reason}`, {
    cause: error,
    details: { reason, model: failure.model, ...saidBehind(error, reason) },
  });
}

function unavailable(
  failure: Extract<LinkFailure, { means: 'unavailable' }>,
  retryAfterMs: number,
): AppError {
  const { reason, model, error } = failure;
  return new AppError('provider-unavailable', `no model gave an answer: ${reason}`, {
    cause: error,
    details: { reason, retryAfterMs, model, ...saidBehind(error, reason) },
  });
}

/** What the provider said, also where the policy's refusal stands before it: why the circuit is open. */
function saidBehind(error: unknown, reason: string): { code: string; words: string } {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (cause instanceof ProviderFailure) {
      return { code: cause.fault.code, words: cause.fault.words ?? '' };
    }
  }
  return { code: reason, words: '' };
}
