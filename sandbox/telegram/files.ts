import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { State, StoredFile } from './state.ts';

/** File ids carry their kind in front, as Telegram's do, so that a log line is easy to read. */
const ID_PREFIXES = {
  Photo: 'AgACAgIAAx',
  Document: 'BQACAgIAAx',
  Sticker: 'CAACAgIAAx',
  Animation: 'CgACAgIAAx',
  Thumbnail: 'AAMCAgADGQ',
} as const;
const FOLDERS = {
  Photo: 'photos',
  Document: 'documents',
  Sticker: 'stickers',
  Animation: 'animations',
  Thumbnail: 'thumbnails',
} as const;

export type Files = ReturnType<typeof createFiles>;

/** Every file that was ever sent, byte for byte, under ids that stay; in `directory` or, without one, in memory. */
export function createFiles(state: State, changed: () => void, directory: string | undefined) {
  const folder = directory === undefined ? undefined : join(directory, 'files');
  const inMemory = new Map<string, Uint8Array>();

  return {
    async add(
      bytes: Uint8Array,
      about: Omit<StoredFile, 'fileId' | 'uniqueId' | 'size' | 'path'> & { extension: string },
    ): Promise<StoredFile> {
      const { extension, ...rest } = about;
      const uniqueId = randomBytes(11).toString('base64url');
      const number = state.nextFileNumber++;
      const file: StoredFile = {
        ...rest,
        fileId: ID_PREFIXES[about.kind] + randomBytes(30).toString('base64url'),
        uniqueId,
        size: bytes.byteLength,
        path: `${FOLDERS[about.kind]}/file_${number}.${extension}`,
      };
      if (folder === undefined) inMemory.set(uniqueId, bytes);
      else {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, uniqueId), bytes);
      }
      state.files.set(file.fileId, file);
      state.fileIdsByPath.set(file.path, file.fileId);
      changed();
      return file;
    },
    find: (fileId: string) => state.files.get(fileId),
    findByPath: (path: string) => state.files.get(state.fileIdsByPath.get(path) ?? ''),
    async read(file: StoredFile): Promise<Uint8Array> {
      if (folder !== undefined) return readFile(join(folder, file.uniqueId));
      const bytes = inMemory.get(file.uniqueId);
      if (!bytes) throw new Error(`The sandbox has lost the file ${file.path}`);
      return bytes;
    },
  };
}
