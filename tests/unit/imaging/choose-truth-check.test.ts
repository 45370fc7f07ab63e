import { expect, test } from 'vitest';
import { chooseTruthCheck } from '../../../src/imaging/choose-truth-check.ts';
import { hasOpenCv } from '../../../src/imaging/opencv.ts';
import { hearLog } from '../../support/heard-log.ts';

const GIB = 1024 ** 3;
const choose = (mode: 'off' | 'mark' | 'redo' | null, memoryLimitBytes: number) =>
  chooseTruthCheck({ truthCheck: { mode, waitMs: 1 }, memoryLimitBytes }, hearLog().log);

test.runIf(hasOpenCv())(
  'pictures are marked by themselves where there is memory for it, and as the owner says elsewhere',
  () => {
    expect(choose(null, 2 * GIB)).toBe('mark');
    expect(choose(null, GIB)).toBe('off');
    expect(choose('mark', GIB)).toBe('mark');
    expect(choose('redo', 2 * GIB)).toBe('redo');
    expect(choose('off', 8 * GIB)).toBe('off');
  },
);
