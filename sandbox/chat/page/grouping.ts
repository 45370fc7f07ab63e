import { dayKey } from './format.ts';
import type { Message } from './wire.ts';

/** What stands in the chat as one thing: a message, a whole album, or a line of service text. */
export type Item = {
  /** Stable through edits, so that the item's element is kept. */
  key: string;
  kind: 'bubble' | 'service';
  messages: readonly [Message, ...Message[]];
  mine: boolean;
  day: string;
  /** First and last of a run: messages of one side that follow each other closely. Only the last has a tail. */
  startsRun: boolean;
  endsRun: boolean;
};

/** Two messages further apart than this are no run, in seconds. */
const RUN_GAP = 10 * 60;

/** The messages of a chat, oldest first, as items: albums joined by `media_group_id`, runs marked. */
export function groupMessages(messages: readonly Message[], personaId: number): Item[] {
  const items: Item[] = [];
  for (const message of messages) {
    const last = items.at(-1);
    if (last && sameAlbum(last, message)) last.messages = [...last.messages, message];
    else items.push(itemOf(message, personaId));
  }
  items.forEach((item, index) => {
    item.startsRun = !continues(items[index - 1], item);
    item.endsRun = !continues(item, items[index + 1]);
  });
  return items;
}

/** What the person sent, as against what the bot sent. */
export function isFrom(message: Message, personaId: number): boolean {
  return message.from?.id === personaId;
}

function itemOf(message: Message, personaId: number): Item {
  const album = message.media_group_id;
  return {
    key: album === undefined ? `message-${message.message_id}` : `album-${album}`,
    kind: message.successful_payment || message.refunded_payment ? 'service' : 'bubble',
    messages: [message],
    mine: isFrom(message, personaId),
    day: dayKey(message.date),
    startsRun: true,
    endsRun: true,
  };
}

function sameAlbum(item: Item, message: Message): boolean {
  return message.media_group_id !== undefined && item.key === `album-${message.media_group_id}`;
}

function continues(before: Item | undefined, after: Item | undefined): boolean {
  if (!before || !after || before.kind === 'service' || after.kind === 'service') return false;
  const gap = after.messages[0].date - before.messages[0].date;
  return before.mine === after.mine && before.day === after.day && gap <= RUN_GAP;
}
