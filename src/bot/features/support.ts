/** Terms, and help from a person: a ticket for the seller, a thread for the owners. */
import { readCharges } from '../../billing/orders/read-charges.ts';
import { languageOf } from '../../messenger/language-of.ts';
import { reachPerson } from '../../messenger/reach-person.ts';
import { sendScreen } from '../../messenger/send-screen.ts';
import { tellPerson } from '../../messenger/tell-person.ts';
import { attachToTicket } from '../../photoshoots/draft/attach-to-ticket.ts';
import {
  answerCard,
  answerPieces,
  askCard,
  chargeLines,
  ticketCard,
  ticketListCard,
} from '../../screens/support-cards.ts';
import { openTicket, type Ticket } from '../../support/open-ticket.ts';
import { readOpenTickets, readThread, readTicket } from '../../support/read-tickets.ts';
import { expectTicketMessage, resolveTicket, writeTicketMessage } from '../../support/write-message.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

const CHARGES_IN_TICKET = 5;
const TICKETS_IN_LIST = 20;
const MESSAGES_IN_THREAD = 5;

/** What one side of a ticket says to the other; photos as Telegram's file ids. */
type Said = { body: string; photoFileIds: readonly string[] };
type SupportCommands = 'terms' | 'support' | 'paysupport' | 'tickets';

export function createSupportFeature(deps: BotDeps): Feature<'support' | 'ticket', SupportCommands> {
  return {
    commands: {
      async terms(talk) {
        await talk.send({ text: talk.t('terms'), keyboard: [] });
      },

      support: (talk) => askForWords(deps, talk),

      async paysupport(talk) {
        const { ticketId, isNew } = await openTicket(deps.db, { userId: talk.userId, topic: 'payment' });
        const recent = await readCharges(deps.db, talk.userId, CHARGES_IN_TICKET);
        const charges = chargeLines(talk.customer.language, recent);
        if (isNew && charges !== null) {
          const message = { ticketId, authorId: talk.userId, body: charges, photoFileId: null };
          await writeTicketMessage(deps.db, message);
          await expectTicketMessage(deps.db, { ticketId, authorId: talk.userId });
        }
        await talk.send(askCard(talk.t, 'payment', charges));
      },

      async tickets(talk) {
        await talk.send(ticketListCard(talk.t, await readOpenTickets(deps.db, TICKETS_IN_LIST)));
      },
    },

    taps: {
      /** The person answers an owner's answer, or turns to the owners for the first time. */
      async support(talk, tap) {
        if (tap.id === 'new') await askForWords(deps, talk);
        else await continueTicket(deps, talk, idOf(tap));
      },

      async ticket(talk, tap) {
        if (!deps.adminIds.includes(talk.userId)) throw notFound();
        const ticketId = idOf(tap);
        switch (tap.argument) {
          case 'open':
            await showTicket(deps, talk, ticketId);
            return;
          case 'reply':
            await expectTicketMessage(deps.db, { ticketId, authorId: talk.userId });
            await talk.send({ text: talk.t('ticket-write', { id: String(ticketId) }), keyboard: [] });
            return;
          case 'resolve':
            await resolve(deps, talk, ticketId);
            return;
          default:
            throw notFound();
        }
      },
    },
  };
}

/** The words that a person, or an owner, was asked for. @throws AppError not-found */
export async function receiveTicketMessage(
  deps: BotDeps,
  talk: Conversation,
  ticketId: number,
  body: string,
): Promise<void> {
  const message = { ticketId, authorId: talk.userId, body, photoFileId: null };
  await passOn(deps, talk, await writeTicketMessage(deps.db, message), { body, photoFileIds: [] });
}

/**
 * Photos that were sent while the ticket waited, and are for it. A second tap changes nothing.
 * @throws AppError not-found, also for a ticket that this person has no part in
 */
export async function attachPhotos(
  deps: BotDeps,
  talk: Conversation,
  { draftId, ticketId }: { draftId: number; ticketId: number },
): Promise<void> {
  const { userId } = await readTicket(deps.db, ticketId);
  if (userId !== talk.userId && !deps.adminIds.includes(talk.userId)) throw notFound();
  const attached = await attachToTicket(deps.db, { draftId, ticketId, userId: talk.userId });
  if (attached !== null) await passOn(deps, talk, attached.ticket, attached);
}

/** Brings what was written to the other side, and says so. */
async function passOn(deps: BotDeps, talk: Conversation, ticket: Ticket, said: Said): Promise<void> {
  if (ticket.userId !== talk.userId) return answerPerson(deps, talk, ticket, said);
  // Before the answer, which ends the handler for somebody who has left meanwhile.
  await tellOwners(deps, talk, ticket, said.photoFileIds);
  await talk.show({ text: talk.t('support-received', { id: String(ticket.id) }), keyboard: [] });
}

async function askForWords(deps: BotDeps, talk: Conversation): Promise<void> {
  await openTicket(deps.db, { userId: talk.userId, topic: 'other' });
  await talk.send(askCard(talk.t, 'other', null));
}

async function continueTicket(deps: BotDeps, talk: Conversation, ticketId: number): Promise<void> {
  const tickets = await readThread(deps.db, ticketId, MESSAGES_IN_THREAD);
  // Only who takes part in a thread may go on with it.
  if (!tickets.some((message) => message.authorId === talk.userId)) throw notFound();
  await expectTicketMessage(deps.db, { ticketId, authorId: talk.userId });
  await talk.send(askCard(talk.t, 'other', null));
}

async function showTicket(deps: BotDeps, talk: Conversation, ticketId: number): Promise<void> {
  const ticket = await readTicket(deps.db, ticketId);
  await talk.show(ticketCard(talk.t, ticket, await readThread(deps.db, ticketId, MESSAGES_IN_THREAD)));
}

async function resolve(deps: BotDeps, talk: Conversation, ticketId: number): Promise<void> {
  const ticket = await resolveTicket(deps.db, ticketId);
  await talk.show({ text: talk.t('ticket-resolved', { id: String(ticketId) }), keyboard: [] });
  if (ticket === null) return;
  const { signal, log } = talk;
  await tellPerson({ ...deps, log }, ticket.userId, (t) => t('support-resolved', { id: String(ticketId) }), {
    signal,
  });
}

async function tellOwners(
  deps: BotDeps,
  { signal, log }: Conversation,
  ticket: Ticket,
  photosBelow: readonly string[],
): Promise<void> {
  const thread = await readThread(deps.db, ticket.id, MESSAGES_IN_THREAD);
  for (const adminId of deps.adminIds) {
    await tellPerson({ ...deps, log }, adminId, (t) => ticketCard(t, ticket, thread), {
      photosBelow,
      signal,
    });
  }
}

/** Passes an owner's answer on, and tells the owner whether it arrived. @throws what the gateway throws */
async function answerPerson(
  deps: BotDeps,
  talk: Conversation,
  { id, userId }: Ticket,
  { body, photoFileIds }: Said,
): Promise<void> {
  const { t } = await languageOf(deps, userId);
  const { signal } = talk;
  const parts = answerPieces(body);
  const outcome = await reachPerson(deps.db, userId, async () => {
    for (const [index, part] of parts.entries()) {
      const photosBelow = index === parts.length - 1 ? photoFileIds : [];
      await sendScreen(deps.gateway, userId, answerCard(t, id, part), { photosBelow, signal });
    }
  });
  const word = outcome === 'blocked' ? 'ticket-not-delivered' : 'ticket-answered';
  await talk.show({ text: talk.t(word, { id: String(id) }), keyboard: [] });
}
