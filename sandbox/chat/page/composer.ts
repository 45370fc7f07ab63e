import { createCommandMenu } from './command-menu.ts';
import { byId } from './dom.ts';
import { icon } from './icons.ts';
import type { Texts } from './texts.ts';
import type { BotCommand } from './wire.ts';

/** What stands below the messages: nothing while the chat is unknown, one large button, or the message field. */
export type ComposerMode = 'waiting' | 'start' | 'blocked' | 'write';

export type ComposerView = {
  personaId: number;
  mode: ComposerMode;
  commands: readonly BotCommand[];
  offerSample: boolean;
  /** What the next text answers, in one line. */
  reply: string | undefined;
  texts: Texts;
};

/**
 * The message field with its buttons. Every persona has a draft of its own. `send` gets a text that is not blank and
 * says whether it went through; if not, the text is put back.
 */
export function createComposer(deps: {
  send(text: string): Promise<boolean>;
  unblock(): void;
  sendSample(): void;
  leaveReply(): void;
}) {
  const form = byId('composer', HTMLFormElement);
  const field = byId('field', HTMLTextAreaElement);
  const sendButton = byId('send', HTMLButtonElement);
  const startButton = byId('start', HTMLButtonElement);
  const unblockButton = byId('unblock', HTMLButtonElement);
  const sampleButton = byId('sample', HTMLButtonElement);
  const commandsButton = byId('commands-button', HTMLButtonElement);
  const replyLine = byId('reply', HTMLElement);
  const replyLeave = byId('reply-leave', HTMLButtonElement);
  const drafts = new Map<number, string>();
  // Where a finger types, Enter is a new line, as on every phone.
  const touch = window.matchMedia('(pointer: coarse)');
  let persona: number | undefined;

  const commandMenu = createCommandMenu({
    field,
    trigger: commandsButton,
    list: byId('commands', HTMLElement),
    chosen(command) {
      setText('');
      void send(command);
    },
  });

  function setText(text: string): void {
    field.value = text;
    noticeText();
  }

  function noticeText(): void {
    sendButton.disabled = field.value.trim() === '';
    field.style.height = 'auto';
    field.style.height = `${field.scrollHeight}px`;
  }

  async function send(text: string): Promise<void> {
    const from = persona;
    const sent = await deps.send(text);
    // Only where nothing new was written meanwhile, and never into another persona's field.
    if (!sent && persona === from && field.value === '') setText(text);
  }

  function submit(): void {
    const text = field.value.trim();
    if (text === '') return;
    setText('');
    commandMenu.suggest();
    void send(text);
  }

  sendButton.append(icon('send'));
  commandsButton.append(icon('slash'));
  replyLeave.append(icon('close'));
  replyLeave.addEventListener('click', deps.leaveReply);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
    field.focus();
  });
  field.addEventListener('input', () => {
    noticeText();
    commandMenu.suggest();
  });
  field.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    const plainEnter = event.key === 'Enter' && !event.shiftKey && !touch.matches;
    if (commandMenu.key(event.key)) event.preventDefault();
    else if (plainEnter) {
      event.preventDefault();
      submit();
    }
  });
  startButton.addEventListener('click', () => {
    void send('/start');
  });
  unblockButton.addEventListener('click', deps.unblock);
  sampleButton.addEventListener('click', deps.sendSample);

  function switchTo(next: number): void {
    if (persona !== undefined) drafts.set(persona, field.value);
    persona = next;
    setText(drafts.get(next) ?? '');
  }

  function setTexts(texts: Texts): void {
    field.placeholder = texts.say('message');
    field.setAttribute('aria-label', texts.say('message'));
    startButton.textContent = texts.say('start');
    unblockButton.textContent = texts.say('unblockBot');
    byId('sample-words', HTMLElement).textContent = texts.say('sendSample');
    for (const [element, name] of [
      [sendButton, 'send'],
      [commandsButton, 'commands'],
      [replyLeave, 'leaveReply'],
    ] as const) {
      element.setAttribute('aria-label', texts.say(name));
      element.title = texts.say(name);
    }
  }

  return {
    focus: () => field.focus(),
    show(view: ComposerView): void {
      byId('phone', HTMLElement).dataset.mode = view.mode;
      if (view.personaId !== persona) switchTo(view.personaId);
      const appears = form.hidden && view.mode === 'write';
      form.hidden = view.mode !== 'write';
      startButton.hidden = view.mode !== 'start';
      unblockButton.hidden = view.mode !== 'blocked';
      sampleButton.hidden = !view.offerSample;
      replyLine.hidden = view.reply === undefined || view.mode !== 'write';
      byId('reply-words', HTMLElement).textContent = view.reply ?? '';
      commandMenu.setCommands(view.commands);
      setTexts(view.texts);
      // A field that is not laid out has no height to fit to its text.
      if (appears) noticeText();
    },
  };
}
