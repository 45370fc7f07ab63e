/** The log in a file beside standard output: a new one each day and when it is full, the oldest are removed. */
import { access, constants, mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import type { DestinationStream } from 'pino';
import { refuseFolder } from './errors.ts';

/** Some weeks of a busy shop in 300 MB at most. */
const MOST_FILES = 14;
const MOST_BYTES = 20 * 1024 * 1024;

type LogFile = DestinationStream & Readonly<{ end: () => void; on: NodeJS.EventEmitter['on'] }>;
type Roll = (
  options: Readonly<{
    file: string;
    size: string;
    frequency: 'daily';
    limit: { count: number; removeOtherLogFiles: boolean };
    sync: boolean;
  }>,
) => Promise<LogFile>;

/**
 * Opens the file of the day: `vitrine.log` becomes `vitrine.1.log`, `vitrine.2.log` and so on. A line is written before
 * the call that logs it returns (15 µs), so that the last one before an end is there as well.
 * @param path as `LOG_FILE` has it; its folder is made
 * @throws StartRefused when nothing can be written to its folder
 */
export async function openLogFile(path: string, mostBytes = MOST_BYTES): Promise<LogFile> {
  const file = resolve(path);
  // Tried before: a folder that cannot be made hangs the end of the process, and a missing one floods it with errors.
  await openFolder(dirname(file), 'LOG_FILE');
  // Has no types of its own, and is loaded where it is used alone.
  const roll: Roll = createRequire(import.meta.url)('pino-roll');
  const opened = await roll({
    file,
    size: `${mostBytes}b`,
    frequency: 'daily',
    limit: { count: MOST_FILES, removeOtherLogFiles: true },
    sync: true,
  });
  let isTold = false;
  opened.on('error', (error: Error) => {
    // A full disk ends no sale; standard output has every line as well.
    if (!isTold) process.stderr.write(`The log cannot be written to ${file}: ${error.message}\n`);
    isTold = true;
  });
  return opened;
}

/** Makes a folder, unless it is there. @throws StartRefused when nothing can be written to it */
export async function openFolder(folder: string, variable: 'DATA_DIR' | 'LOG_FILE'): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refuseFolder(error, folder, variable) ?? error;
  }
}
