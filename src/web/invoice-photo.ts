/** A seller's own picture for the invoice: Telegram fetches it from an address that only we can make. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance } from 'fastify';

const PATH = '/invoice-photo';

/** The address of a picture under `publicUrl`; its signature keeps others' pictures from being guessed. */
export function invoicePhotoUrl(publicUrl: string, secret: string, pictureId: number): string {
  return `${publicUrl}${PATH}/${pictureId}/${sign(secret, pictureId)}.jpg`;
}

/** @param read the JPEG of a picture, or null where it is gone */
export function registerInvoicePhoto(
  app: FastifyInstance,
  options: { secret: string; read: (pictureId: number) => Promise<Uint8Array | null> },
): void {
  app.get<{ Params: { pictureId: string; signature: string } }>(
    `${PATH}/:pictureId/:signature.jpg`,
    async (request, reply) => {
      const pictureId = Number(request.params.pictureId);
      const expected = Buffer.from(sign(options.secret, pictureId));
      const given = Buffer.from(request.params.signature);
      const known = Number.isSafeInteger(pictureId) && given.length === expected.length;
      if (!known || !timingSafeEqual(given, expected)) return reply.code(404).send();
      const jpeg = await options.read(pictureId);
      return jpeg === null ? reply.code(404).send() : reply.type('image/jpeg').send(Buffer.from(jpeg));
    },
  );
}

function sign(secret: string, pictureId: number): string {
  return createHmac('sha256', secret).update(`invoice-photo:${pictureId}`).digest('hex').slice(0, 32);
}
