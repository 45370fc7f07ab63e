import { fileAddress } from './client-api.ts';
import type { Conversation } from './conversation.ts';
import { confirmed, openAlert } from './dialogs.ts';
import { h } from './dom.ts';
import { price } from './format.ts';
import { largestPhoto } from './media.ts';
import type { Texts } from './texts.ts';
import { openViewer } from './viewer.ts';
import type { Invoice, InvoiceKey } from './wire.ts';

/** What the elements of a message can ask for by their `data-press`. */
type Press =
  | 'tap'
  | 'pay'
  | 'invoice'
  | 'copy'
  | 'command'
  | 'view'
  | 'reveal'
  | 'expand'
  | 'jump'
  | 'reply'
  | 'unsupported';

/**
 * Does what a pressed element of a message asks for, in the conversation on show. `attempt` runs something that may
 * fail, tells the person when it did, and says whether it went through.
 */
export function createPresses(deps: {
  conversation(): Conversation;
  texts(): Texts;
  toast(text: string): void;
  attempt(work: () => Promise<void>): Promise<boolean>;
  sendText(text: string): Promise<boolean>;
  reply(messageId: number): void;
}): (element: HTMLElement) => void {
  const { toast, attempt } = deps;

  const presses: Record<Press, (element: HTMLElement) => void> = {
    tap(element) {
      const data = element.dataset.callback ?? '';
      const conversation = deps.conversation();
      void attempt(() => conversation.tap(messageIdOf(element), data));
    },
    pay(element) {
      const conversation = deps.conversation();
      const { messages } = conversation.state();
      const messageId = messageIdOf(element);
      const invoice = messages.find((message) => message.message_id === messageId)?.invoice;
      if (invoice) void attempt(() => pay(conversation, { message_id: messageId }, invoice, deps.texts()));
    },
    invoice(element) {
      const conversation = deps.conversation();
      const link = element.dataset.text ?? '';
      void attempt(async () => pay(conversation, { link }, await conversation.invoice(link), deps.texts()));
    },
    copy(element) {
      const text = element.dataset.text ?? '';
      void attempt(async () => {
        await navigator.clipboard.writeText(text);
        toast(deps.texts().say('copied'));
      });
    },
    command(element) {
      void deps.sendText(element.dataset.text ?? '');
    },
    view(element) {
      const photos = deps
        .conversation()
        .state()
        .messages.flatMap((message) => {
          const photo = largestPhoto(message);
          return photo ? [{ address: fileAddress(photo.file_id), message }] : [];
        });
      const start = photos.findIndex(({ message }) => message.message_id === messageIdOf(element));
      openViewer(photos, Math.max(0, start), deps.texts(), deps.reply);
    },
    reply: (element) => deps.reply(messageIdOf(element)),
    reveal: (element) => element.classList.add('revealed'),
    expand: (element) => element.classList.toggle('expanded'),
    jump(element) {
      const target = document.querySelector(`article[data-message-id="${messageIdOf(element)}"]`);
      target?.scrollIntoView({ block: 'center', behavior: 'smooth' });
      target?.animate([{ filter: 'brightness(.85)' }, { filter: 'none' }], { duration: 1200 });
    },
    unsupported: () => toast(deps.texts().say('notInSandbox')),
  };

  return (element) => {
    const press = element.dataset.press ?? '';
    if (isPress(press)) presses[press](element);
  };

  function isPress(name: string): name is Press {
    return Object.hasOwn(presses, name);
  }
}

function messageIdOf(element: HTMLElement): number {
  return Number(element.dataset.message);
}

async function pay(
  conversation: Conversation,
  which: InvoiceKey,
  invoice: Invoice,
  texts: Texts,
): Promise<void> {
  const { stars } = conversation.state();
  const sum = price(invoice.total_amount, invoice.currency, texts.language);
  const agreed = await confirmed(
    {
      title: texts.say('payTitle'),
      details: [
        h('p', { class: 'pay-title' }, invoice.title),
        h('p', { class: 'pay-words' }, invoice.description),
        h('p', { class: 'pay-sum' }, sum),
        h('p', { class: 'hint' }, texts.say('payHint', { stars: price(stars, 'XTR', texts.language) })),
      ],
      action: texts.say('pay', { price: sum }),
      testId: 'pay',
    },
    texts,
  );
  if (!agreed) return;
  const outcome = await conversation.pay(which);
  if (outcome.status === 'refused') openAlert(outcome.error_message, texts);
  if (outcome.status === 'unanswered') openAlert(texts.say('payUnanswered'), texts);
}
