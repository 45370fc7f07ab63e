/** Sellers who go on ordering, paying, cancelling, blocking and coming back, whatever happens around them. */
import type { Message } from '@grammyjs/types';
import type { Person } from '../../sandbox/index.ts';
import { answerTo, idIn, textOf } from '../support/conversation.ts';
import { prepareOrder, RESUMED } from '../support/process-stage.ts';

/** So much longer than everything rages does somebody wait for a card, an invoice or the answer to a tap. */
const PATIENCE_MS = 20_000;

/** What a seller does next; numbers say how often. */
export type Deed = 'order' | 'cancel' | 'block' | 'buy';

/** An order that was taken: it must come to an end that its seller hears of. */
export type Placed = { person: Person; id: number; cardId: number };

export type Counts = Record<Deed | 'impatient', number>;

/**
 * Does one thing after the other until no time is left. Nothing promises a card, an invoice or the answer to a tap while
 * everything breaks: who waits for one that does not come gives it up soon after it is over. What was ordered is waited
 * for as long as it takes.
 * @param msLeft how long everything goes on breaking; 0 or less when it is over
 */
export async function actAsSeller(
  person: Person,
  photo: Uint8Array,
  deeds: Iterator<Deed>,
  { msLeft, placed, counts }: { msLeft: () => number; placed: Placed[]; counts: Counts },
): Promise<void> {
  const patience = () => ({ timeoutMs: Math.max(0, msLeft()) + PATIENCE_MS });
  while (msLeft() > 0) {
    const deed = deeds.next().value as Deed;
    try {
      await act(deed);
      counts[deed] += 1;
    } catch {
      counts.impatient += 1;
    }
  }

  async function act(next: Deed): Promise<void> {
    if (next === 'buy') return buy(person, patience());
    const taken = await placeOrder(person, photo, 1 + (counts.order % 4), patience());
    placed.push(taken);
    // Only from here on: a Cancel that overtakes the tap ends a draft, of which nobody hears an outcome.
    if (next === 'cancel') person.sendText('/cancel');
    if (next === 'block') {
      person.block();
      person.unblock();
      person.sendText('/start');
    }
    await waitForEnd(taken);
  }
}

/** Orders so many pictures. @throws Error where what is waited for does not come, or Create is answered otherwise */
export async function placeOrder(
  person: Person,
  photo: Uint8Array,
  pictures: number,
  patience: { timeoutMs: number } = RESUMED,
): Promise<Placed> {
  const { id, tap } = await prepareOrder(person, photo, pictures, patience);
  const answer = await answerTo(person, person.tap(tap), patience);
  if (answer.text !== '') throw new Error(answer.text);
  return { person, id, cardId: tap.messageId };
}

/** Below its pictures, or in place of its card where it was cancelled before any were made. */
export function waitForEnd({ person, id, cardId }: Placed): Promise<Message> {
  const isEnd = (message: Message) =>
    idIn(message, 'again') === id || (message.message_id === cardId && textOf(message).includes('Cancelled'));
  return person.waitFor(isEnd, RESUMED);
}

/** Buys the smallest package with Stars. */
async function buy(person: Person, patience: { timeoutMs: number }): Promise<void> {
  const [asked] = person.sendText('/buy');
  const after = asked?.message_id ?? 0;
  const shop = await person.waitFor((message) => idIn(message, 'buy') !== null, { ...patience, after });
  person.tap({ data: 'buy:1:stars', messageId: shop.message_id });
  const isInvoice = (message: Message) => message.invoice !== undefined;
  const invoice = await person.waitFor(isInvoice, { ...patience, after });
  await person.pay(invoice.message_id);
}
