/** The files that Telegram keeps for us: what was uploaded once is sent by its id from then on. */
import type { Message } from '@grammyjs/types';
import { eq } from 'drizzle-orm';
import type { Database } from '../database/client.ts';
import { keptFiles } from '../database/schema/index.ts';
import { isFileUnknown } from './errors.ts';
import type { CallOptions, Gateway } from './gateway.ts';
import type { InputFile, Params } from './types.ts';

/** A picture of the house. `name` changes with its bytes; they are made when they are needed. */
export type HousePicture = Readonly<{ name: string; file: () => Promise<InputFile> }>;

/**
 * Sends a picture of the house as a photo.
 * @throws what the gateway throws
 */
export async function sendHousePicture(
  deps: { db: Database; gateway: Pick<Gateway, 'call'> },
  picture: HousePicture,
  params: Omit<Params<'sendPhoto'>, 'photo'>,
  options: CallOptions = {},
): Promise<Message> {
  const { db, gateway } = deps;
  const [kept] = await db.select().from(keptFiles).where(eq(keptFiles.name, picture.name));
  if (kept !== undefined) {
    try {
      return await gateway.call('sendPhoto', { ...params, photo: kept.fileId }, options);
    } catch (error) {
      // Ids are a bot's own: after a change of the bot's token they mean nothing.
      if (!isFileUnknown(error)) throw error;
    }
  }
  const message = await gateway.call('sendPhoto', { ...params, photo: await picture.file() }, options);
  const fileId = message.photo.at(-1)?.file_id;
  if (fileId === undefined) throw new Error('Telegram sent a photo without sizes');
  await db
    .insert(keptFiles)
    .values({ name: picture.name, fileId })
    .onConflictDoUpdate({ target: keptFiles.name, set: { fileId, keptAt: new Date() } });
  return message;
}
