/** The JSON of a text message; `people` write in turn, each in a chat of their own. */
export function textUpdate(updateId: number, people: number): string {
  return textUpdateOf(updateId, 1_000_000 + (updateId % people));
}

/** The JSON of a text message of one person. */
export function textUpdateOf(updateId: number, person: number): string {
  const message = { message_id: updateId, date: 1_790_000_000, ...between(person), text: 'How do I begin?' };
  return JSON.stringify({ update_id: updateId, message });
}

/**
 * The JSON of a photo from a person's phone, as Telegram scales it.
 * @param name which bytes it has: two updates with one name show the same photo
 */
export function photoUpdate(updateId: number, person: number, name = `${updateId}`): string {
  const photo = [
    { file_id: `p${name}`, file_unique_id: `u${name}`, width: 1280, height: 960, file_size: 300_000 },
  ];
  const message = { message_id: updateId, date: 1_790_000_000, ...between(person), photo };
  return JSON.stringify({ update_id: updateId, message });
}

/** The JSON of a tap on a button of a message. */
export function tapUpdate(updateId: number, person: number, messageId: number, data: string): string {
  const { from, chat } = between(person);
  const message = { message_id: messageId, date: 1_790_000_000, chat, text: 'card' };
  return JSON.stringify({
    update_id: updateId,
    callback_query: { id: String(updateId), from, chat_instance: '1', message, data },
  });
}

function between(person: number) {
  const from = {
    id: person,
    is_bot: false,
    first_name: 'Anna',
    username: `anna${person}`,
    language_code: 'en',
  };
  return { from, chat: { id: person, type: 'private', first_name: 'Anna' } };
}
