import type { Message } from '@grammyjs/types';
import type { Person } from '../../sandbox/index.ts';

/** Writes a chat down as it happens: what came, what was edited in place, which buttons there are. */
export function followChat(person: Person, write: (line: string) => void): () => void {
  const known = new Set<number>();
  return person.watch((event) => {
    switch (event.kind) {
      case 'message': {
        const { message } = event;
        const sign = message.from?.is_bot ? (known.has(message.message_id) ? '  ✎' : '  ‹') : '›  ';
        known.add(message.message_id);
        for (const line of describe(message)) write(`${sign} ${line}`);
        return;
      }
      case 'callback-answer':
        if (event.text !== '') write(`  ! ${event.text}`);
        return;
      default:
        // Typing, deletions and the menu of commands are not part of the story.
        return;
    }
  });
}

function describe(message: Message): string[] {
  const attachment =
    message.photo !== undefined
      ? `[photo ${message.photo.at(-1)?.width} × ${message.photo.at(-1)?.height}]`
      : message.document !== undefined
        ? `[file ${message.document.file_name}]`
        : null;
  const words = message.text ?? message.caption;
  const rows = message.reply_markup?.inline_keyboard ?? [];
  return [
    ...(attachment === null ? [] : [attachment]),
    ...(words === undefined ? [] : words.split('\n').filter((line) => line !== '')),
    ...rows.map((row) => row.map((button) => `[ ${button.text} ]`).join(' ')),
  ];
}
