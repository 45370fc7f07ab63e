import type { Log } from '../log.ts';
import type { Link } from './chain.ts';
import { withLimits } from './limits.ts';
import { knownShutdownDate } from './models.ts';
import type { ListedModel, Provider } from './provider.ts';

/** How long before its end the owners hear of it: time to try another one. */
const NOTICE_DAYS = 30;
const DAY_MS = 86_400_000;
/** Nothing waits for it. */
const LIST_LIMIT_MS = 30_000;

/** A model in use, such as `openai/gpt-image-1.5`, and its last day (UTC), such as `2026-12-01`. */
export type EndingModel = Readonly<{ model: string; endsOn: string }>;

/**
 * Tells which models in use end within thirty days, or have ended: as their endpoint's list of models says, or as
 * is known here. A list that cannot be had is left out.
 */
export function createEndingModels({ links, log }: Readonly<{ links: readonly Link[]; log: Log }>) {
  async function listOf(provider: Provider, caller: AbortSignal): Promise<readonly ListedModel[]> {
    try {
      return await withLimits(caller, LIST_LIMIT_MS, ({ signal }) => provider.listModels(signal));
    } catch (error) {
      log.debug({ err: error, endpoint: provider.name }, 'a list of models could not be had');
      return [];
    }
  }

  return async function endingModels(now: Date, signal: AbortSignal): Promise<readonly EndingModel[]> {
    const providers = [...new Set(links.map(({ provider }) => provider))];
    const lists = new Map(
      await Promise.all(
        providers.map(async (provider) => [provider, await listOf(provider, signal)] as const),
      ),
    );
    const lastNotice = new Date(now.getTime() + NOTICE_DAYS * DAY_MS).toISOString().slice(0, 10);
    const ends = links.flatMap(({ provider, model }) => {
      const listed = lists.get(provider)?.find(({ id }) => id === model)?.shutdownDate ?? null;
      const endsOn = listed ?? knownShutdownDate(model);
      return endsOn === null || endsOn > lastNotice ? [] : [{ model: `${provider.name}/${model}`, endsOn }];
    });
    return ends;
  };
}
