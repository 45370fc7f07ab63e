/** Sellers who go on ordering, paying, cancelling, blocking and coming back, whatever happens around them. */
import type { Message } from '@grammyjs/types';
import type { Person } from '../../sandbox/index.ts';
import { answerTo, idIn, textOf } from '../support/conversation.ts';
import { prepareOrder, RESUMED } from '../support/process-stage.ts';
import { seller } from '../support/seller.ts';
import type { Stage } from './stage.ts';

/** What a seller does next; numbers say how often. */
export type Deed = 'order' | 'cancel' | 'block' | 'buy';

/** An order that was taken: it must come to an end that its seller hears of. */
export type Placed = { person: Person; id: number; cardId: number };

export type Counts = Record<Deed | 'impatient', number>;

/**
 * Does one thing after the other until `isOver`. Who gets no card within its time goes on with something else:
 * a person would send the photo again.
 */
export async function actAsSeller(
  stage: Stage,
  photo: Uint8Array,
  deeds: Iterator<Deed>,
  { isOver, placed, counts }: { isOver: () => boolean; placed: Placed[]; counts: Counts },
): Promise<void> {
  const person = seller(stage, 'en');
  while (!isOver()) {
    const deed = deeds.next().value as Deed;
    try {
      await act(person, deed);
      counts[deed] += 1;
    } catch {
      counts.impatient += 1;
    }
  }

  async function act(of: Person, deed: Deed): Promise<void> {
    if (deed === 'buy') return buy(of);
    const order = await prepareOrder(of, photo, 1 + (counts.order % 4));
    const answer = await answerTo(of, of.tap(order.tap));
    if (answer.text !== '') throw new Error(answer.text);
    // Only from here on: a Cancel that overtakes the tap ends a draft, of which nobody hears an outcome.
    const taken = { person: of, id: order.id, cardId: order.tap.messageId };
    placed.push(taken);
    if (deed === 'cancel') of.sendText('/cancel');
    if (deed === 'block') {
      of.block();
      of.unblock();
      of.sendText('/start');
    }
    await waitForEnd(taken);
  }
}

/** Below its pictures, or in place of its card where it was cancelled before any were made. */
export function waitForEnd({ person, id, cardId }: Placed): Promise<Message> {
  const isEnd = (message: Message) =>
    idIn(message, 'again') === id || (message.message_id === cardId && textOf(message).includes('Cancelled'));
  return person.waitFor(isEnd, RESUMED);
}

/** Buys the smallest package with Stars. */
async function buy(person: Person): Promise<void> {
  const [asked] = person.sendText('/buy');
  const after = asked?.message_id ?? 0;
  const shop = await person.waitFor((message) => idIn(message, 'buy') !== null, { timeoutMs: 60_000, after });
  person.tap({ data: 'buy:1:stars', messageId: shop.message_id });
  const isInvoice = (message: Message) => message.invoice !== undefined;
  const invoice = await person.waitFor(isInvoice, { timeoutMs: 60_000, after });
  await person.pay(invoice.message_id);
}
