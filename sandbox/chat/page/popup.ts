/**
 * A small menu that its button opens and closes. Escape, a press elsewhere or a choice closes it, and the focus goes
 * back to the button; the arrow keys walk through its items.
 */
export function createPopup(trigger: HTMLButtonElement, menu: HTMLElement): { close(): void } {
  trigger.setAttribute('aria-haspopup', 'menu');
  trigger.setAttribute('aria-expanded', 'false');
  menu.setAttribute('role', 'menu');
  menu.hidden = true;

  function items(): HTMLElement[] {
    return [...menu.querySelectorAll<HTMLElement>('button:not([hidden])')];
  }

  function set(open: boolean): void {
    menu.hidden = !open;
    trigger.setAttribute('aria-expanded', String(open));
    if (open) items()[0]?.focus();
  }

  function close(): void {
    if (menu.hidden) return;
    const held = menu.contains(document.activeElement);
    set(false);
    if (held) trigger.focus();
  }

  trigger.addEventListener('click', () => set(menu.hidden !== false));
  menu.addEventListener('click', close);
  menu.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (event.key === 'Escape') close();
    if (step === 0) return;
    event.preventDefault();
    const all = items();
    const at = all.findIndex((item) => item.matches(':focus'));
    all.at((at + step) % all.length)?.focus();
  });
  document.addEventListener('pointerdown', (event) => {
    if (!(event.target instanceof Node)) return;
    if (!menu.contains(event.target) && !trigger.contains(event.target)) close();
  });
  return { close };
}
