import type { Log } from '../log.ts';
import { withTimeLimit } from '../time/deadline.ts';
import { ProviderFailure, verdictOf } from './classify-error.ts';
import { faultOf } from './paid-call.ts';
import type { Provider } from './provider.ts';

/** A list of models is answered in a fraction of a second; who takes longer is as good as away. */
const ANSWER_LIMIT_MS = 4_000;

/** `back`: it answers again. `there`: it answers, as it did when it was asked before. */
export type Presence = 'away' | 'back' | 'there';

/**
 * Asks a provider for what costs nothing, and whether anybody answers. An error of the API's own is an answer: what
 * a call for a picture would meet behind it, only such a call can tell.
 */
export function createProbe(log: Log) {
  const wereAway = new Set<Provider>();

  async function answers(provider: Provider, parent: AbortSignal): Promise<boolean> {
    try {
      await withTimeLimit({ limitMs: ANSWER_LIMIT_MS, parent }, async (signal) => {
        try {
          await provider.listModels(signal);
        } catch (error) {
          throw new ProviderFailure(faultOf(error, signal), error);
        }
      });
      return true;
    } catch (error) {
      if (verdictOf(error).health === 'fine') return true;
      log.debug({ err: error, endpoint: provider.name }, 'a provider is still away');
      return false;
    }
  }

  return async function probe(provider: Provider, signal: AbortSignal): Promise<Presence> {
    if (await answers(provider, signal)) return wereAway.delete(provider) ? 'back' : 'there';
    if (!signal.aborted) wereAway.add(provider);
    return 'away';
  };
}
