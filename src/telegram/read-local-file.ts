/** A Bot API server in local mode (`--local`) names a file by its path on its own disk, and serves none over HTTP. */
import { readFile, stat } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import { AppError } from '../errors.ts';
import { TelegramUnreachable } from './errors.ts';

/** Whether a `file_path` is one of a server in local mode; everybody else's are relative. */
export function isLocalPath(filePath: string): boolean {
  return posix.isAbsolute(filePath) || win32.isAbsolute(filePath);
}

/**
 * The bytes of such a file.
 * @throws AppError 'file-too-large' above `maxBytes`
 * @throws TelegramUnreachable when it cannot be read here; the path, which holds the token, is not in it
 * @throws the signal's reason
 */
export async function readLocalFile(
  filePath: string,
  { maxBytes, signal }: Readonly<{ maxBytes: number; signal?: AbortSignal | undefined }>,
): Promise<Uint8Array> {
  signal?.throwIfAborted();
  try {
    const { size } = await stat(filePath);
    if (size > maxBytes) throw new AppError('file-too-large', 'the file is above the limit of bytes');
    return await readFile(filePath, { signal });
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof AppError) throw error;
    const code = error instanceof Error && 'code' in error ? error.code : 'unknown';
    throw new TelegramUnreachable(
      'download',
      'no',
      `the Bot API server is in local mode and keeps files on its own disk, where this one cannot be read (${code}): mount its folder here under the same path, or start it without --local`,
    );
  }
}
