import type { Chats } from './chats.ts';
import { newQueryId } from './query-ids.ts';
import { badRequest, NotPossible } from './refusal.ts';
import { type Chat, type State, userOf } from './state.ts';
import type { Updates } from './updates.ts';

const TOO_OLD = 'query is too old and response timeout expired or query ID is invalid';

export type CallbackQueries = ReturnType<typeof createCallbackQueries>;

/** Taps on buttons: each may be answered once, and only while the person's messenger waits for it. */
export function createCallbackQueries(deps: {
  state: State;
  chats: Chats;
  updates: Updates;
  changed: () => void;
  answerLimitMs: number;
}) {
  const { state, chats, updates } = deps;

  function forgetOld(): void {
    const oldest = Date.now() - deps.answerLimitMs;
    for (const [id, query] of state.callbackQueries) {
      // In order of asking, so the first one that is young enough ends the search.
      if (query.askedAt >= oldest) return;
      state.callbackQueries.delete(id);
    }
  }

  return {
    /** The person taps: the bot gets a callback_query. Any data goes, because a hostile messenger sends any. */
    tap(chat: Chat, messageId: number, data: string): string {
      const message = chat.messages.get(messageId);
      if (!message) throw new NotPossible(`There is no message ${messageId} in this chat`);
      forgetOld();
      const id = newQueryId();
      state.callbackQueries.set(id, { personaId: chat.persona.id, askedAt: Date.now() });
      updates.push({
        callback_query: {
          id,
          from: userOf(chat.persona),
          message,
          chat_instance: String(chat.persona.id),
          data,
        },
      });
      deps.changed();
      return id;
    },

    /** @throws Refusal when the query is unknown, answered or too old. */
    answer(id: string, answer: { text: string; showAlert: boolean; url?: string }): void {
      forgetOld();
      const query = state.callbackQueries.get(id);
      const chat = query && state.chats.get(query.personaId);
      if (!chat) throw badRequest(TOO_OLD);
      state.callbackQueries.delete(id);
      deps.changed();
      chats.emit(chat, {
        kind: 'callback-answer',
        callback_query_id: id,
        text: answer.text,
        show_alert: answer.showAlert,
        ...(answer.url === undefined ? {} : { url: answer.url }),
      });
    },
  };
}
