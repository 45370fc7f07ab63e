import { h } from './dom.ts';
import type { BotCommand } from './wire.ts';

/**
 * The bot's commands above the message field: all of them by the "/" button, those that match while one is typed.
 * The field keeps the focus; `key` lets it hand over the keys that walk through the list.
 */
export function createCommandMenu(deps: {
  field: HTMLTextAreaElement;
  trigger: HTMLButtonElement;
  list: HTMLElement;
  chosen(command: string): void;
}) {
  const { field, trigger, list } = deps;
  let commands: readonly BotCommand[] = [];
  let offered: readonly BotCommand[] = [];
  let marked = 0;

  function draw(): void {
    const open = offered.length > 0;
    list.hidden = !open;
    trigger.setAttribute('aria-expanded', String(open));
    list.replaceChildren(...offered.map((command, index) => drawOption(command, index)));
    if (open) field.setAttribute('aria-activedescendant', `command-${marked}`);
    else field.removeAttribute('aria-activedescendant');
    list.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
  }

  function drawOption({ command, description }: BotCommand, index: number): HTMLElement {
    const option = h(
      'div',
      { role: 'option', id: `command-${index}`, 'aria-selected': String(index === marked) },
      h('b', {}, `/${command}`),
      h('span', {}, description),
    );
    option.addEventListener('click', () => choose(command));
    return option;
  }

  function offer(next: readonly BotCommand[]): void {
    offered = next;
    marked = 0;
    draw();
  }

  function choose(command: string): void {
    offer([]);
    deps.chosen(`/${command}`);
  }

  function suggest(): void {
    const typed = /^\/(\w*)$/.exec(field.value)?.[1];
    offer(typed === undefined ? [] : commands.filter(({ command }) => command.startsWith(typed)));
  }

  /** True when the key was for the list. */
  function key(name: string): boolean {
    if (offered.length === 0) return false;
    switch (name) {
      case 'ArrowDown':
      case 'ArrowUp':
        marked = (marked + (name === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length;
        draw();
        return true;
      case 'Enter':
      case 'Tab': {
        const command = offered[marked];
        if (command) choose(command.command);
        return true;
      }
      case 'Escape':
        offer([]);
        return true;
      default:
        return false;
    }
  }

  trigger.addEventListener('click', () => {
    offer(offered.length > 0 ? [] : commands);
    field.focus();
  });
  // The list would vanish under a press that moves the focus, so a press on it does not.
  list.addEventListener('pointerdown', (event) => event.preventDefault());
  field.addEventListener('blur', () => offer([]));

  return {
    suggest,
    key,
    setCommands(next: readonly BotCommand[]): void {
      if (next === commands) return;
      commands = next;
      trigger.hidden = commands.length === 0;
      if (offered.length > 0) suggest();
    },
  };
}
