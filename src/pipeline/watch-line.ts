import { countLine } from '../photoshoots/run/waiting-line.ts';
import type { PipelineDeps } from './deps.ts';

/** Of the longest line: one that moves around its end is told once. */
const SHORT_AGAIN = 0.8;

/** Ends the alert that photoshoots are declined, once there is room in the line again. */
export async function watchLine({
  db,
  alerts,
  longestLine,
}: Pick<PipelineDeps, 'db' | 'alerts' | 'longestLine'>): Promise<void> {
  if ((await countLine(db)) < longestLine * SHORT_AGAIN) await alerts.resolve(['line-full']);
}
