/** A seller's own picture for the invoice: Telegram fetches it from an address that only we can make. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/client.ts';
import { readPictureFileId } from '../photoshoots/history.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import type { Gateway } from '../telegram/gateway.ts';

const PATH = '/invoice-photo';

/** The address of a picture under `publicUrl`; its signature keeps others' pictures from being guessed. */
export function invoicePhotoUrl(publicUrl: string, secret: string, pictureId: number): string {
  return `${publicUrl}${PATH}/${pictureId}/${sign(secret, pictureId)}.jpg`;
}

/** Adds the route of such an address; it answers with the JPEG as Telegram has it, 404 for one that is gone. */
export function registerInvoicePhoto(
  app: FastifyInstance,
  deps: { db: Database; gateway: Gateway; secret: string },
): void {
  app.get<{ Params: { pictureId: string; signature: string } }>(
    `${PATH}/:pictureId/:signature.jpg`,
    async (request, reply) => {
      const pictureId = Number(request.params.pictureId);
      const expected = Buffer.from(sign(deps.secret, pictureId));
      const given = Buffer.from(request.params.signature);
      const known = Number.isSafeInteger(pictureId) && given.length === expected.length;
      if (!known || !timingSafeEqual(given, expected)) return reply.code(404).send();
      const fileId = await readPictureFileId(deps.db, pictureId);
      if (fileId === null) return reply.code(404).send();
      return reply.type('image/jpeg').send(Buffer.from(await fetchPhoto(deps.gateway, fileId)));
    },
  );
}

function sign(secret: string, pictureId: number): string {
  return createHmac('sha256', secret).update(`invoice-photo:${pictureId}`).digest('hex').slice(0, 32);
}
