/**
 * A Bot API that answers at once and tells whoever watches a chat what the bot did there. It reads uploads to
 * their end and keeps nothing.
 */
import { type HttpStub, listen, readBody, sendJson } from './http-stub.ts';
import { unlikePhoto } from './unlike-photo.ts';

/** What the bot did in a chat; `buttons` are the callback data of the keyboard, `pictures` of an album. */
export type Action = { method: string; at: number; messageId: number; buttons: string[]; pictures: number };

export type ChatStub = HttpStub & {
  /** Resolves with the next action in the chat that fits, from now on. */
  next(chatId: number, fits: (action: Action) => boolean): Promise<Action>;
  /** Text messages that the bot has sent into the chat. */
  messages(chatId: number): number;
  /** Calls of each method so far. */
  calls(): Readonly<Record<string, number>>;
};

type Watcher = { fits: (action: Action) => boolean; resolve: (action: Action) => void };

const ME = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot' };

/** @param photo what the files of sellers hold, each with a few other pixels */
export async function startChatStub(photo: Buffer, port = 0): Promise<ChatStub> {
  const watchers = new Map<number, Watcher[]>();
  const messages = new Map<number, number>();
  const calls: Record<string, number> = {};
  let lastMessageId = 1_000_000;

  function tell(chatId: number, action: Action): void {
    const waiting = watchers.get(chatId) ?? [];
    const fitting = waiting.filter((watcher) => watcher.fits(action));
    if (fitting.length === 0) return;
    watchers.set(
      chatId,
      waiting.filter((watcher) => !fitting.includes(watcher)),
    );
    for (const { resolve } of fitting) resolve(action);
  }

  function answer(method: string, { chatId, messageId, buttons, media, fileId }: Params): unknown {
    const action = { method, at: performance.now(), messageId: messageId ?? 0, buttons, pictures: 0 };
    const newMessage = () => message(chatId, ++lastMessageId);
    switch (method) {
      case 'getMe':
        return ME;
      case 'getFile':
        return {
          file_id: 'photo',
          file_unique_id: 'photo',
          file_path: `photos/${fileId}.jpg`,
          file_size: photo.length,
        };
      case 'sendMessage': {
        const sent = newMessage();
        messages.set(chatId, (messages.get(chatId) ?? 0) + 1);
        tell(chatId, { ...action, messageId: sent.message_id });
        return sent;
      }
      case 'editMessageText':
      case 'editMessageCaption':
      case 'editMessageMedia':
        tell(chatId, action);
        return message(chatId, messageId ?? 0);
      case 'sendPhoto': {
        tell(chatId, { ...action, pictures: 1 });
        return { ...newMessage(), photo: PHOTO };
      }
      case 'sendMediaGroup': {
        tell(chatId, { ...action, pictures: media });
        return Array.from({ length: media }, () => ({ ...newMessage(), photo: PHOTO }));
      }
      case 'getStarTransactions':
        return { transactions: [] };
      default:
        return true;
    }
  }

  const stub = await listen(async (request, response) => {
    const [, kind = '', , method = ''] = request.url?.startsWith('/file/')
      ? ['', 'file']
      : ['', 'bot', ...(request.url ?? '').split('/').slice(1)];
    const body = await readBody(request);
    if (kind === 'file') {
      response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': photo.length });
      response.end(unlikePhoto(photo, request.url ?? ''));
      return;
    }
    calls[method] = (calls[method] ?? 0) + 1;
    const result = answer(method, readParams(request.headers['content-type'] ?? '', body));
    sendJson(response, JSON.stringify({ ok: true, result }));
  }, port);

  return {
    ...stub,
    next(chatId, fits) {
      return new Promise((resolve) => {
        watchers.set(chatId, [...(watchers.get(chatId) ?? []), { fits, resolve }]);
      });
    },
    messages: (chatId) => messages.get(chatId) ?? 0,
    calls: () => calls,
  };
}

type Params = {
  chatId: number;
  messageId: number | null;
  buttons: string[];
  media: number;
  fileId: string;
};

function readParams(contentType: string, body: Buffer): Params {
  if (contentType.startsWith('application/json')) {
    const { chat_id, message_id, reply_markup, file_id } = JSON.parse(body.toString());
    const rows: { callback_data?: string }[][] = reply_markup?.inline_keyboard ?? [];
    const buttons = rows.flat().flatMap(({ callback_data: data }) => (data === undefined ? [] : [data]));
    return { chatId: chat_id ?? 0, messageId: message_id ?? null, buttons, media: 0, fileId: file_id ?? '' };
  }
  // The texts of our own multipart bodies stand before the files.
  const texts = body.toString('latin1', 0, 4096);
  const field = (name: string) => new RegExp(`name="${name}"\r\n\r\n([^\r]*)`).exec(texts)?.[1];
  return {
    chatId: Number(field('chat_id')),
    messageId: Number(field('message_id') ?? 0),
    buttons: [],
    media: JSON.parse(field('media') ?? '[]').length,
    fileId: field('file_id') ?? '',
  };
}

function message(chatId: number, messageId: number) {
  return { message_id: messageId, date: 1, chat: { id: chatId, type: 'private', first_name: 'A' }, from: ME };
}

const PHOTO = [{ file_id: 'sent', file_unique_id: 'sent', width: 1024, height: 1024, file_size: 200_000 }];
