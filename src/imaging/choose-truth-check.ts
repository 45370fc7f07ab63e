import type { AppConfig } from '../config.ts';
import type { Log } from '../log.ts';
import { COMPARISON_BYTES } from './comparison.ts';
import { IMAGING_SHARE, MIB } from './limits.ts';
import { hasOpenCv } from './opencv.ts';

/** What the process takes beside pictures under conversion and what compares them. */
const PROCESS_BYTES = 400 * MIB;

/** Whether pictures are held against their photos here; one line of the log says where they are not, and why. */
export function chooseTruthCheck(
  { truthCheck, memoryLimitBytes }: Pick<AppConfig, 'truthCheck' | 'memoryLimitBytes'>,
  log: Log,
): 'off' | 'mark' | 'redo' {
  if (truthCheck.mode === 'off') return 'off';
  if (!hasOpenCv()) {
    log.warn(
      'pictures are not held against their photos: the optional package @techstark/opencv-js is missing',
    );
    return 'off';
  }
  if (truthCheck.mode !== null) return truthCheck.mode;
  const needed = Math.ceil((PROCESS_BYTES + COMPARISON_BYTES) / (1 - IMAGING_SHARE));
  if (memoryLimitBytes >= needed) return 'mark';
  const [limitMb, neededMb] = [Math.floor(memoryLimitBytes / MIB), Math.ceil(needed / MIB)];
  log.info({ limitMb, neededMb }, 'pictures are not held against their photos: MEMORY_LIMIT_MB is too small');
  return 'off';
}
