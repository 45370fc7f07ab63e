import type { Message } from '@grammyjs/types';
import type { Person } from '../../sandbox/index.ts';

export type OriginalInChat = { fileId: string; fileName: string };

/** The last step may wait for slow machines. */
const PATIENCE_MS = 120_000;

/** Does what a seller does: a photo, two styles, 3:4, Create, Originals. @returns the files that arrived */
export async function orderPictures(seller: Person, photo: Uint8Array): Promise<OriginalInChat[]> {
  const wait = (fits: (message: Message) => boolean) => seller.waitFor(fits, { timeoutMs: PATIENCE_MS });
  seller.sendText('/start');
  await wait((message) => hasButton(message, /How it works/));

  await seller.sendPhoto(photo);
  const card = await wait((message) => hasButton(message, /^Create all 4/));
  const [first, second] = stylesOf(card);
  if (first === undefined || second === undefined) throw new Error('no styles were proposed');
  for (const button of [first, second, '3:4 · Wildberries, Ozon']) {
    seller.tap(button);
    await wait((message) => hasButton(message, `✓ ${button}`));
  }
  seller.tap(/^Create 2 pictures/);
  await wait((message) => hasButton(message, /^Originals/));
  seller.tap(/^Originals/);
  const last = await wait((message) => message.document !== undefined && message.caption !== undefined);
  return seller
    .messages()
    .filter((message) => message.document !== undefined && message.message_id <= last.message_id)
    .flatMap(({ document }) =>
      document === undefined
        ? []
        : [{ fileId: document.file_id, fileName: document.file_name ?? 'original.png' }],
    );
}

/**
 * The buttons that choose a style, by their texts. They are told by what they say to the bot: above them there may be
 * one about the photo itself.
 */
export function stylesOf(card: Message): string[] {
  const buttons = card.reply_markup?.inline_keyboard.flat() ?? [];
  return buttons.flatMap((button) =>
    'callback_data' in button && button.callback_data.startsWith('style:') ? [button.text] : [],
  );
}

function buttonTexts(message: Message): string[] {
  return message.reply_markup?.inline_keyboard.flat().map((button) => button.text) ?? [];
}

function hasButton(message: Message, wanted: string | RegExp): boolean {
  return buttonTexts(message).some((text) =>
    typeof wanted === 'string' ? text === wanted : wanted.test(text),
  );
}
