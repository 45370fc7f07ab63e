/** The lists of owners and support, a page at a time: each by its command, and by the keys under it. */
import { readOrders } from '../../billing/orders/order-list.ts';
import { readHeldPayments, readPayments } from '../../billing/orders/payment-lists.ts';
import { readUnsettled } from '../../billing/orders/unsettled-charges.ts';
import { findPerson } from '../../customers/find-person.ts';
import { ORDER_STATES, PAYMENT_STATES } from '../../database/schema/index.ts';
import { PAGE_SIZE, type PageWanted, readPage } from '../../owners/page.ts';
import { readId } from '../../screens/callback-data.ts';
import { deadUpdatesCard } from '../../screens/dead-updates-card.ts';
import { LISTS, type ListName } from '../../screens/list-keys.ts';
import { ordersCard } from '../../screens/orders-card.ts';
import { heldCard, paymentsCard } from '../../screens/refund-cards.ts';
import type { Screen } from '../../screens/screen.ts';
import { ticketListCard } from '../../screens/support-cards.ts';
import { readDeadUpdates } from '../../support/dead-updates.ts';
import { readOpenTickets } from '../../support/read-tickets.ts';
import { wordsAfterCommand } from '../command-words.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { CommandHandler, Feature } from '../feature.ts';
import { notFound } from '../tap.ts';

type List = (deps: BotDeps, conversation: Conversation, wanted: PageWanted) => Promise<Screen>;

/** Far more pages than anybody turns; the database counts its way to a page. */
const LAST_PAGE = 1000;

const READERS: Readonly<Record<ListName, List>> = {
  payments: async ({ db }, { t, customer }, wanted) => {
    const narrowed = { userId: readId(wanted.filter), state: oneOf(PAYMENT_STATES, wanted.filter) };
    const list = await readPage(wanted, (rows) => readPayments(db, { ...narrowed, ...rows }));
    return paymentsCard(t, customer.language, list);
  },
  orders: async ({ db }, { t, customer }, wanted) => {
    const narrowed = { userId: readId(wanted.filter), state: oneOf(ORDER_STATES, wanted.filter) };
    const list = await readPage(wanted, (rows) => readOrders(db, { ...narrowed, ...rows }));
    return ordersCard(t, customer.language, list);
  },
  held: async ({ db }, { t, customer }, wanted) => {
    const held = await readPage(wanted, (rows) => readHeldPayments(db, rows));
    return heldCard(t, customer.language, held, await readUnsettled(db, PAGE_SIZE));
  },
  tickets: async ({ db }, { t }, wanted) => {
    const userId = readId(wanted.filter);
    return ticketListCard(t, await readPage(wanted, (rows) => readOpenTickets(db, { userId, ...rows })));
  },
  failed: failedList,
};

/** What could not be handled, the longest first. */
export async function failedList(
  { db }: Pick<BotDeps, 'db'>,
  { t }: Pick<Conversation, 't'>,
  wanted: PageWanted,
): Promise<Screen> {
  let total = 0;
  const list = await readPage(wanted, async (rows) => {
    const dead = await readDeadUpdates(db, rows);
    total = dead.total;
    return dead.updates;
  });
  return deadUpdatesCard(t, { list, total });
}

/** One page of a list as it is now. */
export function showList(
  deps: BotDeps,
  conversation: Conversation,
  name: ListName,
  wanted: PageWanted,
): Promise<Screen> {
  return READERS[name](deps, conversation, wanted);
}

export function createListFeature(deps: BotDeps): Feature<'list', ListName> {
  /** `/payments`, or `/payments` with a person: an id, a `@name` or a charge. */
  const byCommand =
    (name: ListName): CommandHandler =>
    async (conversation) => {
      const who = wordsAfterCommand(conversation.update.message?.text);
      const filter = who === '' ? null : await personNamed(deps, who);
      await conversation.send(await showList(deps, conversation, name, { page: 1, filter }));
    };
  return {
    commands: {
      payments: byCommand('payments'),
      orders: byCommand('orders'),
      held: byCommand('held'),
      tickets: byCommand('tickets'),
      failed: byCommand('failed'),
    },
    taps: {
      async list(conversation, { id, argument }) {
        const name = oneOf(Object.keys(LISTS) as ListName[], id);
        const [page = '', filter = null] = argument?.split(':') ?? [];
        const number = readId(page);
        if (name === null || number === null || number > LAST_PAGE) throw notFound();
        await conversation.show(await showList(deps, conversation, name, { page: number, filter }));
      },
    },
  };
}

/** @throws AppError not-found for nobody, and for a name that several people have had */
async function personNamed(deps: BotDeps, who: string): Promise<string> {
  const person = await findPerson(deps.db, who);
  if (person.kind !== 'found') throw notFound();
  return String(person.userId);
}

function oneOf<Name extends string>(names: readonly Name[], text: string | null): Name | null {
  return names.find((name) => name === text) ?? null;
}
