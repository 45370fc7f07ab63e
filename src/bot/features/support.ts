/** Terms, and help from a person: a ticket for the seller, a thread for owners and support. */
import { readCharges } from '../../billing/orders/read-charges.ts';
import { languageOf } from '../../messenger/language-of.ts';
import { reachPerson } from '../../messenger/reach-person.ts';
import { sendScreen } from '../../messenger/send-screen.ts';
import { tellPerson } from '../../messenger/tell-person.ts';
import { may } from '../../owners/rights.ts';
import { readTeam } from '../../owners/team.ts';
import { attachToTicket } from '../../photoshoots/draft/attach-to-ticket.ts';
import { answerCard, answerPieces, askCard, chargeLines, ticketCard } from '../../screens/support-cards.ts';
import { openTicket, type Ticket } from '../../support/open-ticket.ts';
import { readThread, readTicket } from '../../support/read-tickets.ts';
import { expectTicketMessage, resolveTicket, writeTicketMessage } from '../../support/write-message.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';

const CHARGES_IN_TICKET = 5;
const MESSAGES_IN_THREAD = 5;

/** What one side of a ticket says to the other; photos as Telegram's file ids. */
type Said = { body: string; photoFileIds: readonly string[] };
type SupportCommands = 'terms' | 'support' | 'paysupport';

export function createSupportFeature(deps: BotDeps): Feature<'support' | 'ticket', SupportCommands> {
  return {
    commands: {
      async terms(conversation) {
        await conversation.send({ text: conversation.t('terms'), keyboard: [] });
      },

      support: (conversation) => askForWords(deps, conversation),

      async paysupport(conversation) {
        const { ticketId, isNew } = await openTicket(deps.db, {
          userId: conversation.userId,
          topic: 'payment',
        });
        const recent = await readCharges(deps.db, conversation.userId, CHARGES_IN_TICKET);
        const charges = chargeLines(conversation.customer.language, recent);
        if (isNew && charges !== null) {
          const message = { ticketId, authorId: conversation.userId, body: charges, photoFileId: null };
          await writeTicketMessage(deps.db, message);
          await expectTicketMessage(deps.db, { ticketId, authorId: conversation.userId });
        }
        await conversation.send(askCard(conversation.t, 'payment', charges));
      },
    },

    taps: {
      /** The person answers an owner's answer, or turns to the owners for the first time. */
      async support(conversation, tap) {
        if (tap.id === 'new') await askForWords(deps, conversation);
        else await continueTicket(deps, conversation, idOf(tap));
      },

      async ticket(conversation, tap) {
        const ticketId = idOf(tap);
        switch (tap.argument) {
          case 'open':
            await showTicket(deps, conversation, ticketId);
            return;
          case 'reply':
            await expectTicketMessage(deps.db, { ticketId, authorId: conversation.userId });
            await conversation.send({
              text: conversation.t('ticket-write', { id: String(ticketId) }),
              keyboard: [],
            });
            return;
          case 'resolve':
            await resolve(deps, conversation, ticketId);
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
  conversation: Conversation,
  ticketId: number,
  body: string,
): Promise<void> {
  const message = { ticketId, authorId: conversation.userId, body, photoFileId: null };
  await passOn(deps, conversation, await writeTicketMessage(deps.db, message), { body, photoFileIds: [] });
}

/**
 * Photos that were sent while the ticket waited, and are for it. A second tap changes nothing.
 * @throws AppError not-found, also for a ticket that this person has no part in
 */
export async function attachPhotos(
  deps: BotDeps,
  conversation: Conversation,
  { draftId, ticketId }: { draftId: number; ticketId: number },
): Promise<void> {
  const { userId } = await readTicket(deps.db, ticketId);
  if (userId !== conversation.userId && !may(conversation.role, 'answer-ticket')) throw notFound();
  const attached = await attachToTicket(deps.db, { draftId, ticketId, userId: conversation.userId });
  if (attached !== null) await passOn(deps, conversation, attached.ticket, attached);
}

/** Brings what was written to the other side, and says so. */
async function passOn(deps: BotDeps, conversation: Conversation, ticket: Ticket, said: Said): Promise<void> {
  if (ticket.userId !== conversation.userId) return answerPerson(deps, conversation, ticket, said);
  // Before the answer, which ends the handler for somebody who has left meanwhile.
  await tellOwners(deps, conversation, ticket, said.photoFileIds);
  await conversation.show({
    text: conversation.t('support-received', { id: String(ticket.id) }),
    keyboard: [],
  });
}

async function askForWords(deps: BotDeps, conversation: Conversation): Promise<void> {
  await openTicket(deps.db, { userId: conversation.userId, topic: 'other' });
  await conversation.send(askCard(conversation.t, 'other', null));
}

async function continueTicket(deps: BotDeps, conversation: Conversation, ticketId: number): Promise<void> {
  const tickets = await readThread(deps.db, ticketId, MESSAGES_IN_THREAD);
  // Only who takes part in a thread may go on with it.
  if (!tickets.some((message) => message.authorId === conversation.userId)) throw notFound();
  await expectTicketMessage(deps.db, { ticketId, authorId: conversation.userId });
  await conversation.send(askCard(conversation.t, 'other', null));
}

async function showTicket(deps: BotDeps, conversation: Conversation, ticketId: number): Promise<void> {
  const ticket = await readTicket(deps.db, ticketId);
  await conversation.show(
    ticketCard(conversation.t, ticket, await readThread(deps.db, ticketId, MESSAGES_IN_THREAD)),
  );
}

async function resolve(deps: BotDeps, conversation: Conversation, ticketId: number): Promise<void> {
  const ticket = await resolveTicket(deps.db, { by: conversation.userId, ticketId });
  await conversation.show({
    text: conversation.t('ticket-resolved', { id: String(ticketId) }),
    keyboard: [],
  });
  if (ticket === null) return;
  const { signal, log } = conversation;
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
  const support = (await readTeam(deps.db)).map(({ userId }) => userId);
  for (const helperId of new Set([...deps.adminIds, ...support])) {
    await tellPerson({ ...deps, log }, helperId, (t) => ticketCard(t, ticket, thread), {
      photosBelow,
      signal,
    });
  }
}

/** Passes an owner's answer on, and tells the owner whether it arrived. @throws what the gateway throws */
async function answerPerson(
  deps: BotDeps,
  conversation: Conversation,
  { id, userId }: Ticket,
  { body, photoFileIds }: Said,
): Promise<void> {
  const { t } = await languageOf(deps, userId);
  const { signal } = conversation;
  const parts = answerPieces(body);
  const outcome = await reachPerson(deps.db, userId, async () => {
    for (const [index, part] of parts.entries()) {
      const photosBelow = index === parts.length - 1 ? photoFileIds : [];
      await sendScreen(deps.gateway, userId, answerCard(t, id, part), { photosBelow, signal });
    }
  });
  const word = outcome === 'blocked' ? 'ticket-not-delivered' : 'ticket-answered';
  await conversation.show({ text: conversation.t(word, { id: String(id) }), keyboard: [] });
}
