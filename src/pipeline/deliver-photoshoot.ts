/** Finished pictures → an album in the chat, recorded and paid for. */
import { toError } from '../errors.ts';
import { reachPerson } from '../messenger/reach-person.ts';
import { readPictureFileId } from '../photoshoots/history.ts';
import {
  beginDelivery,
  completePhotoshoot,
  forgetDelivery,
  type SentPicture,
} from '../photoshoots/run/complete-photoshoot.ts';
import { readPictureBytes } from '../photoshoots/run/record-picture.ts';
import { type Ended, type Picture, type Running, readPictures } from '../photoshoots/run/start-photoshoot.ts';
import { keepTrying } from '../resilience/keep-trying.ts';
import { fileNameOf } from '../screens/file-name.ts';
import { deliverAlbum } from '../telegram/deliver.ts';
import { TelegramRefused, TelegramUnreachable } from '../telegram/errors.ts';
import { escapeHtml } from '../telegram/escape-html.ts';
import type { Translate } from '../texts/texts.ts';
import { checkLikeness } from './check-likeness.ts';
import type { PipelineDeps } from './deps.ts';
import { departWithin, type KeptLease, LeaseEnded } from './keep-lease.ts';
import type { Progress } from './progress.ts';

export type Delivery =
  /** How the photoshoot ended. */
  | Ended
  /** The person cannot be written to; the pictures are kept until they come back. */
  | 'blocked';

type DeliveryWork = {
  photoshoot: Running;
  /** As they were when this run took the photoshoot. */
  pictures: readonly Picture[];
  lease: KeptLease;
  progress: Progress;
  mayHaveBeenSent: boolean;
  /** The bytes of what was made in this run; what an earlier one made is read. */
  inHand: ReadonlyMap<number, Uint8Array>;
  t: Translate;
};

/**
 * Sends what was made and ends the photoshoot. Once sending has begun it is not interrupted, because an
 * album that was sent half is worse than one that comes a second late; until then it goes with the lease.
 * @throws what the gateway throws when Telegram cannot be reached, or asks to wait; the queue tries again
 * @throws LeaseEnded when the photoshoot is another worker's to deliver
 */
export async function deliverPhotoshoot(deps: PipelineDeps, work: DeliveryWork): Promise<Delivery> {
  const { photoshoot, lease, progress } = work;
  const run = { photoshootId: photoshoot.id, run: photoshoot.run };
  const made = await readMade(deps, work);
  // Begun before the album is made, and waited for when it is recorded: it keeps nobody from their pictures.
  const checked = checkLikeness(deps, photoshoot, { pictures: made, inHand: work.inHand }, lease.untilLost);
  let sent: SentPicture[] = [];
  if (made.length > 0) {
    progress.show({ stage: 'converting' });
    const before = await readBefore(deps, made, work);
    const rendered = await renderAlbum(deps, made, work);
    const album = [...before, ...rendered];
    // Beside the sending: nobody waits for it.
    const looks = Promise.all(rendered.map(({ jpeg }) => lookOf(deps, jpeg)));
    progress.show({ stage: 'sending' });
    const messages = await reachPerson(deps.db, photoshoot.userId, async () => {
      try {
        const departure = departWithin(lease, (held) => beginDelivery(deps.db, held));
        return await deliverAlbum(deps.gateway, { chatId: photoshoot.chatId, pictures: album, ...departure });
      } catch (error) {
        if (wasNotSent(error)) await forgetDelivery(deps.db, run, work.mayHaveBeenSent);
        throw error;
      }
    });
    if (messages === 'blocked') return 'blocked';
    const seen = await looks;
    sent = messages.slice(before.length).map(({ fileId, messageId }, index) => ({
      pictureId: idAt(made, index),
      fileId,
      messageId,
      look: seen[index] ?? null,
    }));
  }
  const completion = await keepTrying(deps.log, 'record a delivery', () =>
    completePhotoshoot(deps, run, sent, 'unexpected'),
  );
  if (completion === null) throw new LeaseEnded('lost');
  await checked;
  return completion.photoshoot;
}

/** What is to be sent. Where this run made all of it, nothing but their states has changed since it began. */
async function readMade(
  deps: PipelineDeps,
  { photoshoot, pictures, inHand }: DeliveryWork,
): Promise<Picture[]> {
  if (pictures.every(({ id }) => inHand.has(id))) return [...pictures];
  return (await readPictures(deps.db, photoshoot.id)).filter(({ state }) => state === 'made');
}

/** A correction arrives beside the picture that it changes, as Telegram has that one. */
async function readBefore(
  deps: PipelineDeps,
  made: readonly Picture[],
  { photoshoot: { basedOnPictureId }, t }: DeliveryWork,
): Promise<{ fileId: string; caption: string }[]> {
  if (basedOnPictureId === null || !made.some(isCorrection)) return [];
  const fileId = await readPictureFileId(deps.db, basedOnPictureId);
  return fileId === null ? [] : [{ fileId, caption: t('correction-before') }];
}

function isCorrection({ styleOrigin }: Picture): boolean {
  return styleOrigin === 'correction';
}

/** What stands below a picture when it is opened. */
function captionOf(t: Translate, picture: Picture): string {
  return isCorrection(picture)
    ? t('correction-after', { words: escapeHtml(picture.stylePrompt) })
    : t('album-style', { style: escapeHtml(picture.style) });
}

async function renderAlbum(
  deps: PipelineDeps,
  made: readonly Picture[],
  { photoshoot, mayHaveBeenSent, inHand, t }: DeliveryWork,
) {
  return Promise.all(
    made.map(async (picture, index) => {
      const bytes = inHand.get(picture.id) ?? (await readPictureBytes(deps.db, picture.id));
      if (bytes === null) throw new Error(`picture ${picture.id} was made and its bytes are gone`);
      const { jpeg } = await deps.images.thumbnail(bytes, 'large');
      const style = captionOf(t, picture);
      const caption = mayHaveBeenSent && index === 0 ? `${style}\n\n${t('result-repeat')}` : style;
      return {
        jpeg,
        filename: fileNameOf(t, photoshoot.product?.name, picture.position, 'jpg'),
        caption,
      };
    }),
  );
}

/** What a picture looks like, so that it is found by another one; never a reason not to record its delivery. */
async function lookOf({ images, log }: PipelineDeps, jpeg: Uint8Array): Promise<string | null> {
  try {
    return await images.look(jpeg);
  } catch (error) {
    log.warn({ err: toError(error) }, 'a picture that was sent could not be looked at');
    return null;
  }
}

function idAt(pictures: readonly Picture[], index: number): number {
  const picture = pictures[index];
  if (picture === undefined) throw new Error('Telegram answered more messages than pictures were sent');
  return picture.id;
}

function wasNotSent(error: unknown): boolean {
  if (error instanceof TelegramRefused || error instanceof LeaseEnded) return true;
  return error instanceof TelegramUnreachable && error.sent === 'no';
}
