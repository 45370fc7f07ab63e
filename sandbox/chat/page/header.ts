import { button, byId } from './dom.ts';
import { icon } from './icons.ts';
import { face } from './people.ts';
import { createPopup } from './popup.ts';
import type { Texts } from './texts.ts';
import type { Persona } from './wire.ts';

export type HeaderView = {
  persona: Persona;
  botName: string;
  connected: boolean;
  action: string | undefined;
  blocked: boolean;
  unreadElsewhere: boolean;
  texts: Texts;
};

/** The line above the messages: who the bot is, what it is doing, who the person is, and the chat's own menu. */
export function createHeader(deps: { setBlocked(blocked: boolean): void; clear(): void }) {
  const title = byId('bot-name', HTMLElement);
  const status = byId('status', HTMLElement);
  const peopleButton = byId('people-button', HTMLButtonElement);
  const more = byId('more', HTMLButtonElement);
  const menu = byId('more-menu', HTMLElement);
  const badge = byId('badge', HTMLElement);
  let blocked = false;
  const clearItem = button({ label: '', testId: 'clear-chat' }, deps.clear);
  const blockItem = button({ label: '', testId: 'block-bot' }, () => deps.setBlocked(!blocked));

  more.append(icon('more'));
  menu.append(clearItem, blockItem);
  for (const item of [clearItem, blockItem]) item.setAttribute('role', 'menuitem');
  createPopup(more, menu);

  return {
    show(view: HeaderView): void {
      const { texts } = view;
      blocked = view.blocked;
      title.textContent = view.botName;
      const line = statusLine(view);
      // Writing the same words again would make a screen reader say them again.
      if (status.textContent !== line) status.textContent = line;
      status.classList.toggle('busy', view.connected && view.action !== undefined);
      peopleButton.replaceChildren(face(view.persona));
      peopleButton.classList.toggle('unread', view.unreadElsewhere);
      peopleButton.setAttribute('aria-label', `${texts.say('people')}: ${view.persona.first_name}`);
      more.setAttribute('aria-label', texts.say('chat'));
      badge.textContent = texts.say('sandbox');
      badge.title = texts.say('sandboxHint');
      clearItem.textContent = texts.say('clearChat');
      blockItem.textContent = texts.say(view.blocked ? 'unblockBot' : 'blockBot');
    },
  };
}

function statusLine({ connected, action, texts }: HeaderView): string {
  if (!connected) return texts.say('connecting');
  switch (action) {
    case undefined:
      return texts.say('bot');
    case 'typing':
    case 'upload_photo':
    case 'upload_document':
      return texts.say(`action_${action}`);
    default:
      return texts.say('action_other');
  }
}
