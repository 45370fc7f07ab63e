/** Images made small for an owner's tool: sent together, and fetched when they are done. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { isAppError } from '../errors.ts';
import { BATCH_SIZES, type Batches } from '../imaging/batches.ts';
import { MIB } from '../imaging/limits.ts';
import { Refused } from '../web/refusals.ts';
import type { AdminOnly } from './admin-only.ts';
import { declareRoute, success } from './route.ts';

const PATH = '/api/images/batch';
const MOST_IMAGES = 10;
/** Ten photos as phones take them, with a third more for base64. */
const BODY_LIMIT_BYTES = 64 * MIB;

const body = z.object({
  images: z.array(z.string().min(1)).min(1).max(MOST_IMAGES).describe('each file as base64'),
  thumbnail_sizes: z
    .array(z.enum(BATCH_SIZES))
    .min(1)
    .default([...BATCH_SIZES])
    .describe('longest sides of 160, 320 and 1280 pixels'),
});
const image = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('done'),
    kind: z.string(),
    width: z.number(),
    height: z.number(),
    thumbnails: z.record(z.string(), z.string()).describe('JPEG as base64, by its size'),
  }),
  z.object({ status: z.literal('failed'), code: z.string() }),
]);
const batch = z.object({
  status: z.enum(['working', 'lost', 'done']),
  created_at: z.iso.datetime(),
  images: z.array(image).nullable().describe('in the order in which they came; null unless it is done'),
});

/** Adds `POST` of a batch and `GET` of what became of it. */
export function registerBatch(
  app: FastifyInstance,
  {
    batches,
    admin,
    now = () => new Date(),
  }: Readonly<{ batches: Batches; admin: AdminOnly; now?: () => Date }>,
): void {
  declareRoute(app, {
    method: 'POST',
    paths: [PATH],
    access: admin,
    summary: 'Makes thumbnails of several images; it is answered before they are made',
    bodyLimit: BODY_LIMIT_BYTES,
    body,
    answer: success(z.object({ id: z.uuid() })),
    statuses: [202],
    async handle({ body: { images, thumbnail_sizes: sizes } }, reply) {
      const files = images.map((text) => Buffer.from(text, 'base64'));
      const id = await batches.begin(files, sizes).catch((error: unknown) => {
        if (!isAppError(error, 'too-many-requests')) throw error;
        reply.header('retry-after', '1');
        throw new Refused(429, 'other batches are worked on; try again in a moment', { cause: error });
      });
      reply.code(202);
      return { status: 'success' as const, timestamp: now().toISOString(), data: { id } };
    },
  });
  declareRoute(app, {
    method: 'GET',
    paths: [`${PATH}/:id`],
    access: admin,
    summary: 'What became of a batch, for an hour',
    params: z.object({ id: z.uuid() }),
    answer: success(batch),
    refusals: [404],
    async handle({ params: { id } }) {
      const found = await batches.read(id, now());
      if (found === null) throw new Refused(404, 'there is no such batch, or no more');
      const { status, createdAt } = found;
      const images = found.status === 'done' ? [...found.images] : null;
      const data = { status, created_at: createdAt.toISOString(), images };
      return { status: 'success' as const, timestamp: now().toISOString(), data };
    },
  });
}
