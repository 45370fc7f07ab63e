import { button, h } from './dom.ts';
import { icon } from './icons.ts';
import { morph } from './morph.ts';
import type { Texts } from './texts.ts';
import type { Persona } from './wire.ts';

export type PersonView = { persona: Persona; current: boolean; unread: boolean };

/** Everyone whom the person at the screen can be, drawn into `list`; a dot where the bot has written meanwhile. */
export function createPeople(list: HTMLElement, chosen: (id: number) => void) {
  list.addEventListener('click', (event) => {
    const pressed =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-persona]') : null;
    if (pressed) chosen(Number(pressed.dataset.persona));
  });

  return {
    show(people: readonly PersonView[], texts: Texts): void {
      const next = h(
        'ul',
        { id: list.id, class: list.className },
        ...people.map((person) => drawPerson(person, texts)),
      );
      morph(list, next);
    },
  };
}

function drawPerson({ persona, current, unread }: PersonView, texts: Texts): HTMLElement {
  const role = texts.say(persona.role === 'admin' ? 'role_admin' : 'role_seller');
  return h(
    'li',
    {},
    h(
      'button',
      {
        type: 'button',
        class: 'person',
        'data-persona': persona.id,
        'data-testid': `persona-${persona.id}`,
        'aria-current': current ? 'true' : undefined,
      },
      face(persona),
      h(
        'span',
        { class: 'person-words' },
        h('b', {}, persona.first_name),
        h('span', {}, `${role} · ${persona.language_code}`),
      ),
      unread ? h('span', { class: 'dot', role: 'img', 'aria-label': texts.say('unread') }) : undefined,
    ),
  );
}

/** A round face with the initial, in a colour that is always the same for the same person. */
export function face(persona: Persona): HTMLElement {
  const element = h('span', { class: 'face', 'aria-hidden': 'true' }, persona.first_name.slice(0, 1));
  element.style.setProperty('--hue', String((persona.id * 137) % 360));
  return element;
}

/**
 * The side with people and troubles: a column on a wide screen, a drawer on a phone. A closed drawer is inert, so no
 * key can wander into it.
 */
export function createDrawer(deps: { side: HTMLElement; veil: HTMLElement; trigger: HTMLButtonElement }) {
  const { side, veil, trigger } = deps;
  const wide = window.matchMedia('(min-width: 900px)');
  const closeButton = button({ label: '', icon: icon('close'), class: 'round quiet drawer-close' }, () =>
    set(false),
  );
  side.prepend(closeButton);

  function set(open: boolean): void {
    side.classList.toggle('open', open);
    side.inert = !open && !wide.matches;
    veil.hidden = !open;
    trigger.setAttribute('aria-expanded', String(open));
    if (open) side.querySelector<HTMLElement>('[aria-current]')?.focus();
    else if (side.contains(document.activeElement)) trigger.focus();
  }

  trigger.addEventListener('click', () => set(true));
  veil.addEventListener('click', () => set(false));
  wide.addEventListener('change', () => set(false));
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && side.classList.contains('open')) set(false);
  });
  set(false);
  return {
    close: () => set(false),
    setTexts(texts: Texts): void {
      closeButton.setAttribute('aria-label', texts.say('close'));
    },
  };
}
