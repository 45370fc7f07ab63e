import { createAttach, type Picked } from './attach.ts';
import { gist } from './bubble.ts';
import { type ClientApi, Refused } from './client-api.ts';
import { type ComposerMode, createComposer } from './composer.ts';
import { type Conversation, type ConversationState, createConversation } from './conversation.ts';
import { confirmed, createToaster, openAlert } from './dialogs.ts';
import { byId } from './dom.ts';
import { createFaultPanel } from './faults.ts';
import { isFrom } from './grouping.ts';
import { createHeader } from './header.ts';
import { createDrawer, createPeople } from './people.ts';
import { createPresses } from './presses.ts';
import { openPreview } from './preview.ts';
import { type Texts, textsFor } from './texts.ts';
import { createTimeline } from './timeline.ts';
import type { Persona } from './wire.ts';

/** How often the chats that are not on show are looked at, for their dots. */
const LOOK_MS = 5000;
const SAMPLE = '/sample-product.jpg';

/**
 * The whole page: one conversation for each persona, one of them on show. Anything that changes leads to `show`,
 * which draws every part from the conversation's state; the parts keep no copy of it.
 */
export function openRoom(client: ClientApi, personas: readonly Persona[]): void {
  const toast = createToaster(byId('toasts', HTMLElement));
  const conversations = personas.map((persona) =>
    createConversation({
      client,
      persona,
      changed: scheduleShow,
      answered: (text, alert) => persona.id === current.persona.id && showAnswer(text, alert),
    }),
  );
  let current = chosenByAddress(conversations);
  let texts = textsFor(current.persona.language_code);
  let scheduled = false;

  const timeline = createTimeline({
    scroller: byId('scroller', HTMLElement),
    list: byId('list', HTMLElement),
    jumpButton: byId('jump', HTMLButtonElement),
    act: createPresses({ conversation: () => current, texts: () => texts, toast, attempt, sendText, reply }),
  });
  const header = createHeader({
    setBlocked: (blocked) => void attempt(() => current.setBlocked(blocked)),
    clear: () => void clear(),
  });
  const composer = createComposer({
    send: sendText,
    leaveReply: () => current.replyTo(undefined),
    unblock: () => void attempt(() => current.setBlocked(false)),
    sendSample: () => void sendSample(),
  });
  const attach = createAttach({
    open: () => modeOf(current.state()) === 'write',
    picked: preview,
  });
  const people = createPeople(byId('people', HTMLElement), (id) => {
    drawer.close();
    window.location.hash = String(id);
  });
  const drawer = createDrawer({
    side: byId('side', HTMLElement),
    veil: byId('veil', HTMLElement),
    trigger: byId('people-button', HTMLButtonElement),
  });
  const faults = createFaultPanel({
    panel: byId('faults', HTMLElement),
    client,
    failed: () => toast(texts.say('couldNotSend')),
  });

  /** Several events of one moment, such as an album's, are drawn together. */
  function scheduleShow(): void {
    if (scheduled) return;
    scheduled = true;
    requestAnimationFrame(() => {
      scheduled = false;
      show();
    });
  }

  function show(): void {
    const state = current.state();
    const { persona } = current;
    current.markRead();
    const isUnread = (other: Conversation) => other !== current && other.hasUnread();
    header.show({ ...state, persona, unreadElsewhere: conversations.some(isUnread), texts });
    people.show(
      conversations.map((other) => ({
        persona: other.persona,
        current: other === current,
        unread: isUnread(other),
      })),
      texts,
    );
    timeline.show({ ...state, personaId: persona.id, texts });
    byId('empty', HTMLElement).textContent = state.description || texts.say('emptyChat');
    composer.show({
      personaId: persona.id,
      mode: modeOf(state),
      commands: state.commands,
      offerSample: hasOnlyStarted(state, persona),
      reply: gistOf(state, texts),
      texts,
    });
  }

  function showTexts(): void {
    document.documentElement.lang = texts.language;
    attach.setTexts(texts);
    drawer.setTexts(texts);
    faults.setTexts(texts);
    byId('people-title', HTMLElement).textContent = texts.say('people');
    byId('sandbox-hint', HTMLElement).textContent = texts.say('sandboxHint');
    byId('drop-words', HTMLElement).textContent = texts.say('dropHere');
    byId('jump', HTMLElement).setAttribute('aria-label', texts.say('newMessages'));
    byId('jump-words', HTMLElement).textContent = texts.say('newMessages');
  }

  /**
   * Follows the chat on show, and only while the page is seen: a browser gives one host six connections, a stream
   * takes one for good, and two windows side by side shall still be able to load pictures.
   */
  function followCurrent(): void {
    for (const conversation of conversations) if (conversation !== current) conversation.unfollow();
    if (document.hidden) current.unfollow();
    else current.follow();
  }

  function lookAtOthers(): void {
    if (document.hidden) return;
    for (const conversation of conversations) if (conversation !== current) void conversation.look();
    void faults.refresh();
  }

  function switchTo(next: Conversation): void {
    current = next;
    texts = textsFor(next.persona.language_code);
    showTexts();
    show();
    followCurrent();
  }

  function showAnswer(text: string, alert: boolean): void {
    if (text === '') return;
    if (alert) openAlert(text, texts);
    else toast(text);
  }

  /** Runs something that may fail, tells the person when it did, and says whether it went through. */
  async function attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      const isNoPhoto = error instanceof Refused && error.reason === 'not-a-photo';
      const why = error instanceof Refused ? error.message : '';
      toast(isNoPhoto ? texts.say('notAPhoto') : [texts.say('couldNotSend'), why].join(' '));
      return false;
    }
  }

  function sendText(text: string): Promise<boolean> {
    timeline.stickToEnd();
    return attempt(() => current.sendText(text));
  }

  /** The next text answers this message; the field is where it is written. */
  function reply(messageId: number): void {
    current.replyTo(messageId);
    composer.focus();
  }

  /** The sheet belongs to the persona who opened it, whoever is on show when it is sent. */
  function preview(picked: Picked): void {
    const conversation = current;
    openPreview(picked, texts, ({ files, as, caption }) => {
      timeline.stickToEnd();
      return attempt(() => conversation.sendFiles(files, as, caption));
    });
  }

  async function sendSample(): Promise<void> {
    const conversation = current;
    await attempt(async () => {
      const response = await fetch(SAMPLE);
      if (!response.ok) throw new Refused({ error: texts.say('sampleFailed') });
      const file = new File([await response.blob()], 'sample-product.jpg', { type: 'image/jpeg' });
      await conversation.sendFiles([file], 'photo', '');
    });
  }

  async function clear(): Promise<void> {
    const conversation = current;
    const question = {
      title: texts.say('clearChat'),
      details: [texts.say('clearQuestion')],
      action: texts.say('clearChat'),
      testId: 'clear',
    };
    if (await confirmed(question, texts)) await attempt(() => conversation.clear());
  }

  window.addEventListener('hashchange', () => switchTo(chosenByAddress(conversations)));
  document.addEventListener('visibilitychange', followCurrent);
  window.setInterval(lookAtOthers, LOOK_MS);
  switchTo(current);
  lookAtOthers();
}

/**
 * The persona whose id stands after "#": so each window can be someone else, and stays so. Else the first who
 * speaks the browser's language, or English.
 */
function chosenByAddress(conversations: readonly Conversation[]): Conversation {
  const id = Number(window.location.hash.slice(1));
  const speaking = (language: string) =>
    conversations.find(({ persona }) => persona.language_code === language.slice(0, 2));
  const chosen =
    conversations.find(({ persona }) => persona.id === id) ?? speaking(navigator.language) ?? speaking('en');
  if (!chosen) throw new Error('The sandbox has no persona who speaks English');
  return chosen;
}

function modeOf({ loaded, blocked, messages }: ConversationState): ComposerMode {
  if (!loaded) return 'waiting';
  if (blocked) return 'blocked';
  return messages.length === 0 ? 'start' : 'write';
}

/** What the message says that the next text answers. */
function gistOf({ messages, replyTo }: ConversationState, texts: Texts): string | undefined {
  const answered = messages.find((message) => message.message_id === replyTo);
  return answered && gist(answered, texts);
}

/** Someone who has said nothing but /start is shown the quickest way on. */
function hasOnlyStarted({ messages, blocked }: ConversationState, persona: Persona): boolean {
  const own = messages.filter((message) => isFrom(message, persona.id));
  return !blocked && own.length > 0 && own.every((message) => message.text?.startsWith('/start'));
}
