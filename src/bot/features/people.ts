/** One person, as owners and support see them, and what owners do to one: each asked for once, and done once. */
import type { Message } from '@grammyjs/types';
import { unbanPerson } from '../../customers/ban.ts';
import { findPerson } from '../../customers/find-person.ts';
import { PERSON_ACTS } from '../../database/schema/index.ts';
import { carryOutRequest } from '../../messenger/carry-out-request.ts';
import { tellPerson } from '../../messenger/tell-person.ts';
import { readActsUpon } from '../../owners/read-acts.ts';
import { answerRequest, beginRequest, readRequest } from '../../owners/requests.ts';
import { may } from '../../owners/rights.ts';
import { confirmRequestCard, personCard, requestWordsCard } from '../../screens/person-cards.ts';
import type { Screen } from '../../screens/screen.ts';
import { readPerson } from '../../statistics/person.ts';
import { readRequestWords, wordsAfterCommand } from '../command-words.ts';
import type { Conversation } from '../conversation.ts';
import type { BotDeps } from '../deps.ts';
import type { Feature } from '../feature.ts';
import { idOf, notFound } from '../tap.ts';
import { receivePartWords } from './refunds.ts';

const ACTS_SHOWN = 5;

export function createPeopleFeature(deps: BotDeps): Feature<'person' | 'ask' | 'act', 'user'> {
  return {
    commands: {
      async user(conversation) {
        const who = wordsAfterCommand(conversation.update.message?.text);
        if (who === '') return say(conversation, 'user-usage');
        const person = await findPerson(deps.db, who);
        if (person.kind !== 'found')
          return say(conversation, person.kind === 'several' ? 'gift-several' : 'gift-unknown');
        await conversation.send(await cardOf(deps, conversation, person.userId));
      },
    },

    taps: {
      async person(conversation, tap) {
        const userId = idOf(tap);
        if (tap.argument === 'unban') await unban(deps, conversation, userId);
        else if (tap.argument !== null) throw notFound();
        await conversation.show(await cardOf(deps, conversation, userId));
      },

      async ask(conversation, tap) {
        const act = PERSON_ACTS.find((known) => known === tap.argument);
        if (act === undefined) throw notFound();
        await beginRequest(deps.db, { by: conversation.userId, act, userId: idOf(tap) });
        await conversation.send(requestWordsCard(conversation.t, act));
      },

      async act(conversation, tap) {
        const requestId = idOf(tap);
        const asked = { requestId, by: conversation.userId };
        switch (tap.argument) {
          case 'yes': {
            await conversation.show(await outcomeOf(deps, conversation, requestId));
            return;
          }
          case 'no': {
            const request = await readRequest(deps.db, asked);
            if (request === null) throw notFound();
            await conversation.show(await cardOf(deps, conversation, request.userId));
            return;
          }
          default:
            throw notFound();
        }
      },
    },
  };
}

/** What an owner was asked for: it is shown as it would be done, with its numbers. */
export async function receiveRequestWords(
  deps: BotDeps,
  conversation: Conversation,
  requestId: number,
  text: string,
): Promise<void> {
  const request = await readRequest(deps.db, { requestId, by: conversation.userId });
  const person = request === null ? null : await readPerson(deps.db, request.userId, new Date());
  if (request === null || person === null) throw notFound();
  const { act } = request;
  if (act === 'refund-part') return receivePartWords(deps, conversation, request, text);
  const words = readRequestWords(act, text);
  if (words === null) {
    await conversation.send(requestWordsCard(conversation.t, act));
    return;
  }
  await answerRequest(deps.db, { requestId, by: conversation.userId, ...words });
  await conversation.send(confirmRequestCard(conversation.t, { ...request, act, ...words }, person));
}

/** A message that an owner or support passed on: the card of who wrote it. @returns false for any other message */
export async function showForwarder(
  deps: BotDeps,
  conversation: Conversation,
  message: Message,
): Promise<boolean> {
  const origin = message.forward_origin;
  if (origin === undefined || !may(conversation.role, 'see-person')) return false;
  if (origin.type === 'hidden_user') await say(conversation, 'user-hidden');
  else if (origin.type === 'user') {
    const { id } = origin.sender_user;
    const known = await findPerson(deps.db, String(id));
    if (known.kind === 'found') await conversation.send(await cardOf(deps, conversation, id));
    else await say(conversation, 'gift-unknown');
  } else return false;
  return true;
}

/** @throws AppError not-found */
async function cardOf(deps: BotDeps, { t, customer, role }: Conversation, userId: number) {
  const person = await readPerson(deps.db, userId, new Date());
  if (person === null) throw notFound();
  const acts = may(role, 'correct') ? await readActsUpon(deps.db, userId, ACTS_SHOWN) : [];
  return personCard(t, customer.language, person, acts, (right) => may(role, right));
}

/** Done, or only told of where that was left. @throws AppError as `carryOutRequest` does */
async function outcomeOf(deps: BotDeps, conversation: Conversation, requestId: number): Promise<Screen> {
  const { log, signal, t, userId: by } = conversation;
  const asked = { requestId, by };
  // An owner's taps come one after the other.
  const { request, told } = await carryOutRequest({ ...deps, log }, asked, { silentForMs: 0, signal });
  const card = await cardOf(deps, conversation, request.userId);
  const untold = request.act === 'message' ? 'request-unsent' : 'request-untold';
  const outcome = t(told ? `request-done-${request.act}` : untold);
  return { ...card, text: `${outcome}\n\n${card.text}` };
}

async function unban(deps: BotDeps, conversation: Conversation, userId: number): Promise<void> {
  const { signal, log } = conversation;
  if (!(await unbanPerson(deps.db, { by: conversation.userId, userId }))) return;
  log.info({ adminId: conversation.userId, userId }, 'a person is let in again');
  await tellPerson({ ...deps, log }, userId, (t) => t('let-in'), { signal });
}

async function say(conversation: Conversation, text: string): Promise<void> {
  await conversation.send({ text: conversation.t(text), keyboard: [] });
}
