import type { Message } from '@grammyjs/types';
import sharp from 'sharp';
import type { Person, Sandbox } from '../../sandbox/index.ts';
import { waitForButton } from '../../tests/support/seller.ts';
import { stylesOf } from '../demo/order-pictures.ts';

/** Generous: several whole orders run side by side, on whatever machine this is. */
const PATIENCE = { timeoutMs: 180_000 };

export type Order = {
  /** The bot has answered the tap on Create. */
  placed: Promise<unknown>;
  /** The pictures are in the chat. */
  delivered: Promise<Message>;
};

/** Somebody new sends a photo and orders a picture in the first style that is proposed. */
export function order(sandbox: Sandbox, photo: Photo): Order {
  const person = sandbox.people.of({ firstName: 'Emma', languageCode: 'en' });
  const placed = place(person, photo);
  const delivered = placed.then((after) => waitForButton(person, /^Originals?/, { ...PATIENCE, after }));
  return { placed, delivered };
}

export type Photo = { bytes: Uint8Array; as: 'photo' | 'document' };

async function place(person: Person, { bytes, as }: Photo): Promise<number> {
  const [sent] =
    as === 'photo'
      ? await person.sendPhoto(bytes)
      : await person.sendDocument(bytes, { filename: 'product.jpg', mimeType: 'image/jpeg' });
  const after = sent?.message_id ?? 0;
  const card = await waitForButton(person, /^Create all 4/, { ...PATIENCE, after });
  const [style] = stylesOf(card);
  if (style === undefined) throw new Error('no style was proposed');
  person.tap(style);
  const create = /^Create 1 picture/;
  await waitForButton(person, create, { ...PATIENCE, after });
  const tap = person.tap(create);
  await answerTo(person, tap);
  return after;
}

/** Resolves when the bot has answered the tap: then it has the order and keeps it. */
function answerTo(person: Person, tap: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(new Error('a tap was never answered')), PATIENCE.timeoutMs);
    const look = () => {
      if (person.callbackAnswers().some((answer) => answer.callback_query_id === tap)) finish();
    };
    const stopWatching = person.watch(look);
    function finish(error?: Error): void {
      clearTimeout(timer);
      stopWatching();
      if (error === undefined) resolve();
      else reject(error);
    }
    look();
  });
}

/** The largest photo of a phone: 48 megapixels, few bytes, so that decoding it is all that it costs. */
export async function largestPhoto(): Promise<Photo> {
  const noise = { type: 'gaussian', mean: 128, sigma: 50 } as const;
  const bytes = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#888', noise } })
    .resize(8000, 6000)
    .jpeg({ quality: 90 })
    .toBuffer();
  return { bytes, as: 'document' };
}
