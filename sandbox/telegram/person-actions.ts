import type { Content } from './chats.ts';
import { nowInSeconds, telegramChatOf } from './chats.ts';
import { captionFields, splitTypedText, textFields, typedText } from './formatted-text.ts';
import type { MediaFields } from './media.ts';
import type { Upload } from './parameters.ts';
import { newQueryId } from './query-ids.ts';
import { NotAPhoto, NotPossible, Refusal } from './refusal.ts';
import { asReplied } from './send-options.ts';
import { type Chat, type ChatMessage, userOf } from './state.ts';
import type { Store } from './store.ts';

/** How files are sent: as pictures that Telegram recompresses, or as the files they are. */
export type SentAs = 'photo' | 'document';
export type PersonActions = ReturnType<typeof createPersonActions>;

/** What people do in their messengers: the web chat and the tests' people both act through this. */
export function createPersonActions(store: Omit<Store, 'polling' | 'webhook'>) {
  const { chats, updates, media } = store;

  function post(chat: Chat, content: Content): ChatMessage {
    if (chat.blocked) throw new NotPossible('The bot is blocked; unblock it before writing to it');
    chat.started = true;
    const message = chats.post(chat, 'person', content);
    updates.push({ message });
    return message;
  }

  async function fieldsOf(upload: Upload, as: SentAs): Promise<MediaFields> {
    try {
      return as === 'photo'
        ? await media.addPhoto(upload.bytes, 'person')
        : await media.addDocument(upload.bytes, { ...upload, asIs: false });
    } catch (error) {
      // A messenger tells the person before anything is sent.
      if (!(error instanceof Refusal)) throw error;
      throw as === 'photo' ? new NotAPhoto() : new NotPossible(error.message);
    }
  }

  /** @throws NotPossible when the person does not see the message that is answered. */
  function replyFields(chat: Chat, messageId: number | undefined): Pick<Content, 'reply_to_message'> {
    if (messageId === undefined) return {};
    const replied = chats.visible(chat).find((message) => message.message_id === messageId);
    if (replied === undefined) throw new NotPossible('The message that is answered is not there any more');
    return { reply_to_message: asReplied(replied) };
  }

  function changeMembership(chat: Chat, blocked: boolean): void {
    if (chat.blocked === blocked) return;
    chat.blocked = blocked;
    chat.started = true;
    const status = (isBlocked: boolean) =>
      isBlocked
        ? ({ user: store.bot, status: 'kicked', until_date: 0 } as const)
        : ({ user: store.bot, status: 'member' } as const);
    updates.push({
      my_chat_member: {
        chat: telegramChatOf(chat.persona),
        from: userOf(chat.persona),
        date: nowInSeconds(),
        old_chat_member: status(!blocked),
        new_chat_member: status(blocked),
      },
    });
  }

  return {
    /**
     * One message, or several when the text is longer than one may be.
     * @throws NotPossible when it is empty, or answers a message that is not there.
     */
    sendText(chat: Chat, text: string, options: { replyTo?: number } = {}): ChatMessage[] {
      const parts = splitTypedText(text);
      if (parts.length === 0) throw new NotPossible('An empty message cannot be sent');
      const reply = replyFields(chat, options.replyTo);
      // Of a text in several messages the first is the reply.
      return parts.map((part, index) => post(chat, { ...(index === 0 ? reply : {}), ...textFields(part) }));
    },

    /** What a messenger does when a photo is chosen, before it is sent. @throws NotAPhoto when it would not send it */
    async choosePhoto(bytes: Uint8Array): Promise<void> {
      await fieldsOf({ filename: 'photo.jpg', mimeType: 'image/jpeg', bytes }, 'photo');
    },

    /**
     * One message for each file. Several photos, or several documents, are an album, whose caption stands under
     * the first; parts of one album may also be sent one by one under a `mediaGroupId` of the caller's.
     */
    async sendFiles(
      chat: Chat,
      uploads: readonly Upload[],
      options: { as: SentAs; caption?: string; mediaGroupId?: string },
    ): Promise<ChatMessage[]> {
      if (uploads.length === 0) throw new NotPossible('There is no file to send');
      const fields = await Promise.all(uploads.map((upload) => fieldsOf(upload, options.as)));
      const caption = captionFields(typedText(options.caption ?? ''));
      // Stickers stand alone; an album is made of the rest.
      const parts = fields.filter((field) => !field.sticker).length;
      const group = options.mediaGroupId ?? (parts > 1 ? newQueryId() : undefined);
      const captioned = fields.findIndex((field) => !field.sticker);
      return fields.map((field, index) =>
        post(chat, {
          ...field,
          ...(index === captioned ? caption : {}),
          ...(group === undefined || field.sticker ? {} : { media_group_id: group }),
        }),
      );
    },

    block: (chat: Chat) => changeMembership(chat, true),
    unblock: (chat: Chat) => changeMembership(chat, false),
    clear: (chat: Chat) => chats.clear(chat),
    tap: store.callbackQueries.tap,
    pay: store.payments.pay,
    renew: store.payments.renew,
  };
}
