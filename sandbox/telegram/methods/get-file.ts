import { readText } from '../parameters.ts';
import { badRequest } from '../refusal.ts';
import type { Method } from '../store.ts';

const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

export const getFile: Method = (parameters, { files }) => {
  const file = files.find(readText(parameters, 'file_id') ?? '');
  if (!file) throw badRequest('invalid file_id');
  if (file.size > MAX_DOWNLOAD_BYTES) throw badRequest('file is too big');
  return {
    file_id: file.fileId,
    file_unique_id: file.uniqueId,
    file_size: file.size,
    file_path: file.path,
  };
};
