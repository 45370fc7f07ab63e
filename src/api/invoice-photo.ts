/** A seller's own picture for the invoice: Telegram fetches it from an address that only we can make. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import type { Database } from '../database/client.ts';
import { readPictureFileId } from '../photoshoots/history.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type {} from '../web/create-web.ts';

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
    {
      // Telegram fetches many from few addresses.
      async onRequest(request) {
        const { pictureId, signature } = request.params;
        request.isKnownCaller = isSigned(deps.secret, Number(pictureId), signature);
      },
    },
    async (request, reply) => {
      if (!request.isKnownCaller) return reply.code(404).send();
      const fileId = await readPictureFileId(deps.db, Number(request.params.pictureId));
      if (fileId === null) return reply.code(404).send();
      return reply.type('image/jpeg').send(Buffer.from(await fetchPhoto(deps.gateway, fileId)));
    },
  );
}

function isSigned(secret: string, pictureId: number, signature: string): boolean {
  const expected = Buffer.from(sign(secret, pictureId));
  const given = Buffer.from(signature);
  return (
    Number.isSafeInteger(pictureId) && given.length === expected.length && timingSafeEqual(given, expected)
  );
}

function sign(secret: string, pictureId: number): string {
  return createHmac('sha256', secret).update(`invoice-photo:${pictureId}`).digest('hex').slice(0, 32);
}
