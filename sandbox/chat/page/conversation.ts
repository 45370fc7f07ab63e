import type { ClientApi } from './client-api.ts';
import { isFrom } from './grouping.ts';
import type { PendingTap } from './keyboard.ts';
import type {
  BotCommand,
  ChatEvent,
  ChatSnapshot,
  InvoiceKey,
  Message,
  PaymentOutcome,
  Persona,
  ReactionType,
} from './wire.ts';

export type Conversation = ReturnType<typeof createConversation>;

export type ConversationState = {
  /** False until the first answer of the server: nothing is known, so nothing is said about emptiness. */
  loaded: boolean;
  connected: boolean;
  /** Oldest first. A message that did not change stays the same object. */
  messages: readonly Message[];
  commands: readonly BotCommand[];
  botName: string;
  description: string;
  blocked: boolean;
  stars: number;
  /** By message id. */
  reactions: ReadonlyMap<number, readonly ReactionType[]>;
  /** What the bot says it is doing, as sendChatAction named it. */
  action: string | undefined;
  pendingTap: PendingTap | undefined;
  /** The message that the next text answers. */
  replyTo: number | undefined;
};

/** Telegram shows a chat action for five seconds or until the bot's next message. */
const ACTION_MS = 5000;
/** A button stops turning after this, answered or not. */
const TAP_MS = 15_000;
const REFETCH_MS = 2000;

/**
 * One persona's chat with the bot as the page knows it. It follows the server's events while followed, and can be
 * brought up to date once with `look`. `changed` is called after every change, `answered` for callback answers.
 */
export function createConversation(deps: {
  client: ClientApi;
  persona: Persona;
  changed(): void;
  answered(text: string, alert: boolean): void;
}) {
  const { client, persona, changed } = deps;
  const byId = new Map<number, Message>();
  const reactions = new Map<number, ReactionType[]>();
  const known: Omit<ConversationState, 'messages' | 'reactions'> = {
    loaded: false,
    connected: false,
    commands: [],
    botName: '',
    description: '',
    blocked: false,
    stars: 0,
    action: undefined,
    pendingTap: undefined,
    replyTo: undefined,
  };
  let readUpTo = 0;
  let stopListening: (() => void) | undefined;
  /** Events that came while a snapshot was on its way; they are applied on top of it. */
  let held: ChatEvent[] | undefined;
  let actionTimer: number | undefined;
  let tapTimer: number | undefined;
  let refetchTimer: number | undefined;

  function put(message: Message): void {
    const before = byId.get(message.message_id);
    if (JSON.stringify(before) !== JSON.stringify(message)) byId.set(message.message_id, message);
  }

  function setAction(action: string | undefined): void {
    window.clearTimeout(actionTimer);
    known.action = action;
    if (action === undefined) return;
    actionTimer = window.setTimeout(() => {
      known.action = undefined;
      changed();
    }, ACTION_MS);
  }

  function setPendingTap(tap: PendingTap | undefined): void {
    window.clearTimeout(tapTimer);
    known.pendingTap = tap;
    if (tap) tapTimer = window.setTimeout(() => setPendingTap(undefined), TAP_MS);
    changed();
  }

  function apply(event: ChatEvent): void {
    switch (event.kind) {
      case 'message': {
        const isNew = !byId.has(event.message.message_id);
        put(event.message);
        if (isNew && !isFrom(event.message, persona.id)) setAction(undefined);
        return;
      }
      case 'deleted':
        byId.delete(event.messageId);
        if (known.replyTo === event.messageId) known.replyTo = undefined;
        return;
      case 'action':
        setAction(event.action);
        return;
      case 'callback-answer':
        setPendingTap(undefined);
        deps.answered(event.text, event.alert);
        return;
      case 'commands':
        known.commands = event.commands;
        return;
      case 'reaction':
        reactions.set(event.messageId, event.reactions);
        return;
      default: {
        const never: never = event;
        throw new Error(`No such event: ${JSON.stringify(never)}`);
      }
    }
  }

  function replaceWith(snapshot: ChatSnapshot): void {
    const present = new Set(snapshot.messages.map((message) => message.message_id));
    for (const id of byId.keys()) if (!present.has(id)) byId.delete(id);
    for (const message of snapshot.messages) put(message);
    reactions.clear();
    for (const [id, list] of Object.entries(snapshot.reactions)) reactions.set(Number(id), list);
    known.commands = snapshot.commands;
    known.botName = snapshot.botName;
    known.description = snapshot.description;
    known.blocked = snapshot.blocked;
    known.stars = snapshot.stars;
    if (!known.loaded) markRead();
    known.loaded = true;
  }

  /** Fetches the whole chat. Of several calls at once only the last one's answer counts. */
  async function look(): Promise<void> {
    window.clearTimeout(refetchTimer);
    const waiting: ChatEvent[] = [];
    held = waiting;
    try {
      const snapshot = await client.chat(persona.id);
      if (held !== waiting) return;
      replaceWith(snapshot);
    } catch {
      // The server is away. The header says so, and a followed chat asks again.
      if (held !== waiting) return;
      known.connected = false;
      if (stopListening) refetchTimer = window.setTimeout(look, REFETCH_MS);
    }
    held = undefined;
    waiting.forEach(apply);
    changed();
  }

  function follow(): void {
    stopListening ??= client.listen(persona.id, {
      opened() {
        known.connected = true;
        void look();
      },
      happened(event) {
        if (held) held.push(event);
        else {
          apply(event);
          changed();
        }
      },
      lost() {
        known.connected = false;
        changed();
      },
    });
  }

  function unfollow(): void {
    window.clearTimeout(refetchTimer);
    stopListening?.();
    stopListening = undefined;
  }

  function newest(): number {
    return Math.max(0, ...byId.keys());
  }

  function markRead(): void {
    readUpTo = newest();
  }

  return {
    persona,
    follow,
    unfollow,
    look,
    markRead,
    hasUnread: () => newest() > readUpTo,
    state: (): ConversationState => ({
      ...known,
      reactions,
      messages: [...byId.values()].sort((a, b) => a.message_id - b.message_id),
    }),
    /** The next text answers this message; undefined: none. */
    replyTo(messageId: number | undefined): void {
      known.replyTo = messageId;
      changed();
    },
    async sendText(text: string): Promise<void> {
      const { replyTo } = known;
      known.replyTo = undefined;
      changed();
      try {
        await client.sendText(persona.id, text, replyTo);
      } catch (error) {
        known.replyTo ??= replyTo;
        throw error;
      }
    },
    invoice: client.invoice,
    async pay(which: InvoiceKey): Promise<PaymentOutcome> {
      const outcome = await client.pay(persona.id, which);
      // For the Stars that are left.
      await look();
      return outcome;
    },
    async tap(messageId: number, data: string): Promise<void> {
      setPendingTap({ messageId, data });
      try {
        await client.tap(persona.id, messageId, data);
      } catch (error) {
        setPendingTap(undefined);
        throw error;
      }
    },
    async sendFiles(files: File[], as: 'photo' | 'document', caption: string): Promise<void> {
      // An album holds ten at most; the caption belongs to the first.
      for (let from = 0; from < files.length; from += 10) {
        const part = files.slice(from, from + 10);
        await client.sendFiles(persona.id, { files: part, as, caption: from === 0 ? caption : '' });
      }
    },
    async setBlocked(blocked: boolean): Promise<void> {
      await (blocked ? client.block(persona.id) : client.unblock(persona.id));
      await look();
    },
    async clear(): Promise<void> {
      await client.clear(persona.id);
      await look();
    },
  };
}
