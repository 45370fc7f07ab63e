import { AppError } from '../errors.ts';
import { isFileUnknown, isRefusal } from './errors.ts';
import type { Gateway } from './gateway.ts';

/** The most that getFile gives to a bot (Bot API, getFile). */
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

/**
 * The bytes of a file that somebody sent.
 * @throws AppError 'file-too-large' above `maxBytes` or Telegram's own limit; 'file-gone' when Telegram does
 * not know the file any more.
 * @throws TelegramUnreachable, another TelegramRefused, or the signal's reason.
 */
export async function fetchPhoto(
  gateway: Pick<Gateway, 'call' | 'download'>,
  fileId: string,
  options: { maxBytes?: number; signal?: AbortSignal | undefined } = {},
): Promise<Uint8Array> {
  const { maxBytes = MAX_DOWNLOAD_BYTES, signal } = options;
  try {
    const file = await gateway.call('getFile', { file_id: fileId }, { signal });
    if (file.file_path === undefined) throw new AppError('file-gone', 'Telegram names no path for the file');
    if ((file.file_size ?? 0) > maxBytes) throw tooLarge(maxBytes);
    return await gateway.download(file.file_path, { maxBytes, signal });
  } catch (error) {
    if (isRefusal(error, 400, /file is too big/i)) throw tooLarge(maxBytes, error);
    if (isFileGone(error))
      throw new AppError('file-gone', 'Telegram does not know the file', { cause: error });
    throw error;
  }
}

/** A wrong or expired file id when asking for the path, or a path that leads nowhere any more. */
function isFileGone(error: unknown): boolean {
  return (
    isFileUnknown(error) ||
    isRefusal(error, 400, /file is temporarily unavailable/i) ||
    isRefusal(error, 404, /not found/i)
  );
}

function tooLarge(maxBytes: number, cause?: unknown): AppError {
  return new AppError('file-too-large', `the file is larger than ${maxBytes} bytes`, {
    cause,
    details: { maxBytes },
  });
}
