/** What a schedule does: the owners hear in time that a model which they use will end. */
import type { PipelineDeps } from './deps.ts';

/** One alert for each last day. It has no end, and is told once a week, which is for how long it is remembered. */
export async function warnOfEndingModels(
  { ai, alerts }: Pick<PipelineDeps, 'ai' | 'alerts'>,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  const ending = await ai.endingModels(now, signal);
  for (const [date, models] of Map.groupBy(ending, ({ endsOn }) => endsOn)) {
    const names = [...new Set(models.map(({ model }) => model))].join(', ');
    const day = Number(date.replaceAll('-', ''));
    await alerts.raise(`model-ending:${day}`, { models: names, date }, { lasts: false });
  }
}
