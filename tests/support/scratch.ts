/** Where the files of a test run are put. */
import { existsSync, statfsSync } from 'node:fs';

/** Linux keeps this folder in memory; containers often give it 64 MB. */
const IN_MEMORY = '/dev/shm';
const ENOUGH_BYTES = 4 * 1024 ** 3;

/**
 * Has this process and all that it starts put temporary files into memory, where there is room: a run writes some
 * hundred databases that live for seconds, and on a busy disk each of them takes a second of the system's time.
 * What a run that was killed has left there stays until somebody removes it, as in any folder for temporary files. A
 * TMPDIR that was asked for stays.
 */
export function useMemoryForFiles(): void {
  if (process.env.TMPDIR === undefined && freeBytes() >= ENOUGH_BYTES) process.env.TMPDIR = IN_MEMORY;
}

/** 0 where there is no such folder. */
function freeBytes(): number {
  if (!existsSync(IN_MEMORY)) return 0;
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize;
}
