/**
 * A folder of bytes that outlive a restart: files that are told apart by whose they are, dropped when their time is over,
 * when what was used longest ago has to make room, or when their person leaves. It may be spoiled at any time, and by
 * several processes at once: what cannot be read is not there, what cannot be written is not kept.
 *
 * Written by hand: what is to be had (cacache, flat-cache) knows no bound of bytes, no last use, and no owner by whom a
 * file is found. The files' own times are the index: a process that dies loses none of it. `mtime` is when something
 * was kept, `atime`, set by hand because disks are mounted without it, when it was used.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { CacheStatistics, Freed } from './cache.ts';

export type DiskCache = Readonly<{
  /**
   * What is kept, with the milliseconds that it has left; null where nothing is.
   * @param owner whose it is, such as the tag of a person
   */
  read: (owner: string, key: string) => Promise<{ bytes: Uint8Array; leftMs: number } | null>;
  /** Never rejects: what cannot be written is not kept. */
  write: (owner: string, key: string, bytes: Uint8Array) => Promise<void>;
  /** Drops all that is one's. @returns how many files */
  forget: (owner: string) => Promise<number>;
  /** Drops everything. @returns how many files */
  clear: () => Promise<number>;
  /** Drops what has expired, and what is too much. */
  sweep: () => Promise<Freed>;
  statistics: () => CacheStatistics;
  /** Resolves when nothing is being written any more. */
  close: () => Promise<void>;
}>;

type Found = { path: string; bytes: number; keptAt: number; usedAt: number };

/** Full, it is emptied to this share: the next photo shall not have to look through the folder again. */
const EMPTIED_TO = 0.9;
/** Before the bytes stands their SHA-256: a power cut may have left a file of zeros. */
const DIGEST_BYTES = 32;
/** What a write of a process that died has left lying. */
const UNFINISHED = '.unfinished';
const UNFINISHED_MS = 3_600_000;

/** @param options.now in milliseconds since 1970 */
export function createDiskCache({
  folder,
  ttlMs,
  maxBytes,
  log,
  now = Date.now,
}: Readonly<{ folder: string; ttlMs: number; maxBytes: number; log: Log; now?: () => number }>): DiskCache {
  const counts = { hits: 0, misses: 0, evictions: 0 };
  /** Bytes of all files, as this process knows them; null before it has looked. */
  let size: number | null = null;
  let told = false;
  let last: Promise<unknown> = Promise.resolve();

  /** One after another: the bound is held by whoever writes, and nothing comes behind what is forgotten. */
  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work);
    last = turn.catch(() => {});
    return turn;
  }

  /** A folder that cannot be used is told once, however often it is tried. */
  function complain(error: unknown): void {
    if (isAbsent(error)) return;
    if (!told) log.warn({ err: toError(error) }, 'the cache on disk cannot be used; memory serves meanwhile');
    told = true;
  }

  const folderOf = (owner: string) => join(folder, nameOf(owner));

  async function list(): Promise<Found[]> {
    const found: Found[] = [];
    for (const owner of await namesIn(folder)) {
      for (const name of await namesIn(join(folder, owner))) {
        const path = join(folder, owner, name);
        const facts = await stat(path).catch(() => null);
        if (facts?.isFile())
          found.push({ path, bytes: facts.size, keptAt: facts.mtimeMs, usedAt: facts.atimeMs });
      }
    }
    return found;
  }

  function isOver({ path, keptAt }: Found): boolean {
    return keptAt + (path.endsWith(UNFINISHED) ? UNFINISHED_MS : ttlMs) <= now();
  }

  /** Looks at what there is, drops what is over, and then what was used longest ago until there is room for so much. */
  async function makeRoom(forBytes: number): Promise<Freed> {
    const all = await list();
    const gone = all.filter(isOver);
    const left = all.filter((one) => !isOver(one)).toSorted((one, other) => one.usedAt - other.usedAt);
    let total = left.reduce((sum, { bytes }) => sum + bytes, 0);
    const bound = total + forBytes > maxBytes ? maxBytes * EMPTIED_TO - forBytes : maxBytes;
    for (const one of left) {
      if (total <= bound) break;
      total -= one.bytes;
      counts.evictions += 1;
      gone.push(one);
    }
    for (const { path } of gone) await unlink(path).catch(complain);
    size = total;
    return { removed: gone.length, bytes: gone.reduce((sum, { bytes }) => sum + bytes, 0) };
  }

  async function put(owner: string, key: string, bytes: Uint8Array): Promise<void> {
    const length = bytes.byteLength + DIGEST_BYTES;
    if (length > maxBytes * EMPTIED_TO) return;
    if (size === null || size + length > maxBytes) await makeRoom(length);
    const path = join(folderOf(owner), nameOf(key));
    const unfinished = `${path}.${randomBytes(6).toString('hex')}${UNFINISHED}`;
    await mkdir(folderOf(owner), { recursive: true, mode: 0o700 });
    await writeFile(unfinished, [digestOf(bytes), bytes], { mode: 0o600 });
    await utimes(unfinished, now() / 1000, now() / 1000);
    await rename(unfinished, path);
    size = (size ?? 0) + length;
    told = false;
  }

  async function read(owner: string, key: string): Promise<{ bytes: Uint8Array; leftMs: number } | null> {
    const path = join(folderOf(owner), nameOf(key));
    try {
      const [{ mtimeMs, mtime }, file] = await Promise.all([stat(path), readFile(path)]);
      // A clock that was set back gives nothing a longer life.
      const leftMs = Math.min(ttlMs, mtimeMs + ttlMs - now());
      if (leftMs <= 0) return null;
      const bytes = Uint8Array.from(file.subarray(DIGEST_BYTES));
      if (!digestOf(bytes).equals(file.subarray(0, DIGEST_BYTES))) {
        await unlink(path);
        return null;
      }
      await utimes(path, now() / 1000, mtime);
      return { bytes, leftMs };
    } catch (error) {
      complain(error);
      return null;
    }
  }

  /** Only what has names of ours: the folder may be somebody else's by mistake. */
  async function dropAll(owners: readonly string[]): Promise<number> {
    let dropped = 0;
    for (const owner of owners) {
      dropped += (await namesIn(join(folder, owner))).length;
      await rm(join(folder, owner), { recursive: true, force: true });
    }
    size = null;
    return dropped;
  }

  return {
    async read(owner, key) {
      const found = await read(owner, key);
      counts[found === null ? 'misses' : 'hits'] += 1;
      return found;
    },
    write: (owner, key, bytes) => inTurn(() => put(owner, key, bytes).catch(complain)),
    forget: (owner) => inTurn(() => dropAll([nameOf(owner)])),
    clear: () => inTurn(async () => dropAll(await namesIn(folder))),
    sweep: () =>
      inTurn(async () => {
        const freed = await makeRoom(0);
        // Of people of whom nothing is left; one that is not empty stays.
        for (const owner of await namesIn(folder))
          if ((await namesIn(join(folder, owner))).length === 0)
            await rm(join(folder, owner), { recursive: true, force: true });
        return freed;
      }),
    statistics() {
      const questions = counts.hits + counts.misses;
      return {
        size: size ?? 0,
        limit: maxBytes,
        ttlMs,
        ...counts,
        // What it lacks was never written, or its time is over; it remembers no names.
        firsts: counts.misses,
        hitRate: questions === 0 ? null : counts.hits / questions,
        joins: 0,
        stale: 0,
      };
    },
    close: async () => void (await last),
  };
}

/** Tells nothing of what it names. */
function nameOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function digestOf(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest();
}

/** What has a name of ours; nothing where there is no such folder. @throws what keeps a folder from being read */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => /^[0-9a-f]{64}(\.[0-9a-f]+\.unfinished)?$/.test(name));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
