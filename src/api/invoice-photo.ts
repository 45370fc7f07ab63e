/** A seller's own picture for the invoice: Telegram fetches it from an address that only we can make. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Database } from '../database/client.ts';
import { readPictureFileId } from '../photoshoots/history.ts';
import { fetchPhoto } from '../telegram/fetch-photo.ts';
import type { Gateway } from '../telegram/gateway.ts';
import type { Door } from '../web/doors.ts';
import { refusal } from '../web/refusals.ts';

const PATH = '/invoice-photo';

type Params = { pictureId: string; signature: string };

/** The address of a picture under `publicUrl`; its signature keeps others' pictures from being guessed. */
export function invoicePhotoUrl(publicUrl: string, secret: string, pictureId: number): string {
  return `${publicUrl}${PATH}/${pictureId}/${sign(secret, pictureId)}.jpg`;
}

/** Adds the route of such an address; it answers with the JPEG as Telegram has it, 404 for one that is gone. */
export function registerInvoicePhoto(
  app: FastifyInstance,
  deps: { db: Database; gateway: Gateway; secret: string },
): void {
  // Telegram fetches many from few addresses: whoever has the signature is not counted.
  const door: Door = {
    kind: 'closed',
    to: 'signed-address',
    knows(request) {
      const { pictureId, signature } = request.params as Params;
      return isSigned(deps.secret, Number(pictureId), signature);
    },
    refuse: (_request, reply) => refuse(reply),
  };
  app.get<{ Params: Params }>(
    `${PATH}/:pictureId/:signature.jpg`,
    { config: { door } },
    async (request, reply) => {
      const fileId = await readPictureFileId(deps.db, Number(request.params.pictureId));
      if (fileId === null) return refuse(reply);
      return reply.type('image/jpeg').send(Buffer.from(await fetchPhoto(deps.gateway, fileId)));
    },
  );
}

/** A wrong signature and a picture that is gone look the same. */
function refuse(reply: FastifyReply) {
  return reply.code(404).send(refusal(404, 'there is no such picture'));
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
