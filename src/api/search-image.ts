/** Looking for what looks like a picture: among the photos that sellers sent and the pictures that were made of them. */
import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { Cache } from '../cache/cache.ts';
import { cacheTagOf } from '../customers/cache-tag.ts';
import type { PseudonymOf } from '../customers/former-customers.ts';
import type { Database } from '../database/client.ts';
import { AppError, isAppError } from '../errors.ts';
import type { ImagePool } from '../imaging/pool.ts';
import { type FoundLook, type LookEntry, readLooks, searchLooks } from '../photoshoots/search-looks.ts';
import { fetchPhoto, MAX_DOWNLOAD_BYTES } from '../telegram/fetch-photo.ts';
import type { Gateway } from '../telegram/gateway.ts';
import { Refused } from '../web/refusals.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute, success } from './route.ts';

export type ImageSearchParts = Readonly<{
  db: Database;
  gateway: Pick<Gateway, 'call' | 'download'>;
  images: Pick<ImagePool, 'inspect' | 'look' | 'thumbnail'>;
  /** What was found, by what was asked. */
  searches: Pick<Cache<readonly FoundLook[]>, 'get' | 'peek'>;
  thumbnails: Pick<Cache<Uint8Array>, 'get'>;
  pseudonymOf: PseudonymOf;
  admin: AdminOnly;
  now?: () => Date;
}>;

/** Each thumbnail may have to be fetched from Telegram. */
const MOST_RESULTS = 20;
/** Their bytes are in memory, beside those of sellers' photos. */
const MOST_AT_ONCE = 2;
/** A field that is no file is a word. */
const FIELD_BYTES = 100;

/** As forms have them. */
const flag = z.enum(['true', 'false']);
const body = z.object({
  image: z
    .unknown()
    .refine((file) => Buffer.isBuffer(file), 'it is not a file')
    .transform((file) => file as Buffer)
    .meta({ type: 'string', format: 'binary', description: 'a file of any kind that sellers may send' }),
  limit: z.coerce.number().int().min(1).max(MOST_RESULTS).default(10),
  generate_thumbnails: flag.default('false'),
  cache_result: flag
    .default('true')
    .describe('false: what has changed in the last half hour is found as well, and nothing is kept'),
  user_id: z.coerce.number().int().min(1).optional().describe('whose; everybody’s when it is left out'),
});
const found = z.object({
  kind: z.enum(['photo', 'picture']).describe('what a seller sent, or what was made of it'),
  distance: z.number().describe('bits of 64 that differ: 0 for the same'),
  photoshoot_id: z.number(),
  user_id: z.number(),
  product: z.string().describe('empty where it has no name'),
  style: z.string().nullable().describe('null for a photo'),
  created_at: z.iso.datetime(),
  thumbnail: z
    .string()
    .nullable()
    .describe('JPEG as base64; null where none was asked for, or Telegram has it no more'),
});

/** Adds `/api/search/image`, for the owner's token. */
export function registerImageSearch(app: FastifyInstance, parts: ImageSearchParts): void {
  const { db, images, searches, admin, now = () => new Date() } = parts;
  let underWay = 0;

  /** @throws Refused for what is no picture, or too large a one */
  async function lookAt(file: Uint8Array, signal: AbortSignal): Promise<string> {
    try {
      images.inspect(file);
      return await images.look(file, signal);
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (error.code.startsWith('image-'))
        throw new Refused(422, error.message, { code: error.code, cause: error });
      throw error;
    }
  }

  async function search({ image, limit, user_id, ...asked }: z.output<typeof body>, signal: AbortSignal) {
    const userId = user_id ?? null;
    const look = await lookAt(image, signal);
    const read = () => searchLooks(db, { look, userId, limit });
    const key = JSON.stringify([look, userId, limit]);
    const keeps = asked.cache_result === 'true';
    const isCached = keeps && searches.peek(key) !== undefined;
    const references = keeps ? await searches.get(key, [], read) : await read();
    const results = [];
    for (const entry of await readLooks(db, references)) {
      const wants = asked.generate_thumbnails === 'true';
      const thumbnail = wants ? await thumbnailOf(parts, entry, signal) : null;
      results.push({
        kind: entry.kind,
        distance: entry.distance,
        photoshoot_id: entry.photoshootId,
        user_id: entry.userId,
        product: entry.product,
        style: entry.style,
        created_at: entry.createdAt.toISOString(),
        thumbnail,
      });
    }
    return { is_cached: isCached, results };
  }

  async function answerOne(asked: z.output<typeof body>, signal: AbortSignal, reply: FastifyReply) {
    if (underWay >= MOST_AT_ONCE) {
      reply.header('retry-after', '1');
      throw new Refused(429, 'other images are looked at; try again in a moment');
    }
    underWay += 1;
    try {
      return await search(asked, signal);
    } finally {
      underWay -= 1;
    }
  }

  // In a scope of its own: no other route takes forms with files.
  app.register(async (scope) => {
    await scope.register(multipart, {
      attachFieldsToBody: 'keyValues',
      limits: { files: 1, fileSize: MAX_DOWNLOAD_BYTES, fields: 4, fieldSize: FIELD_BYTES },
    });
    declareRoute(scope, {
      method: 'POST',
      paths: ['/api/search/image'],
      access: admin,
      summary: 'Photos and pictures that look like one, the nearest first',
      consumes: 'multipart/form-data',
      body,
      answer: success(z.object({ is_cached: z.boolean(), results: z.array(found) })),
      refusals: [422],
      handle: async ({ body: asked, signal }, reply) => ({
        status: 'success' as const,
        timestamp: now().toISOString(),
        data: await answerOne(asked, signal, reply),
      }),
    });
  });
}

/** Small, and made once, as the dashboard's. */
async function thumbnailOf(
  { gateway, images, thumbnails, pseudonymOf }: ImageSearchParts,
  { kind, photoshootId, part, userId, fileId }: LookEntry,
  signal: AbortSignal,
): Promise<string | null> {
  const key = kind === 'picture' ? String(part) : `photo:${photoshootId}:${part}`;
  try {
    const jpeg = await thumbnails.get(key, [cacheTagOf({ pseudonymOf }, userId)], async (own) => {
      const bytes = await fetchPhoto(gateway, fileId, { signal: own });
      return (await images.thumbnail(bytes, 'medium', own)).jpeg;
    });
    signal.throwIfAborted();
    return Buffer.from(jpeg).toString('base64');
  } catch (error) {
    if (isAppError(error, 'file-gone', 'file-too-large') || isUnreadable(error)) return null;
    throw error;
  }
}

function isUnreadable(error: unknown): boolean {
  return error instanceof AppError && error.code.startsWith('image-');
}
