import { type BubbleView, drawItem } from './bubble.ts';
import { h } from './dom.ts';
import { dayKey, dayName } from './format.ts';
import { groupMessages, type Item } from './grouping.ts';
import { morph } from './morph.ts';
import { createScrollKeeper } from './scroll-keeper.ts';
import type { Texts } from './texts.ts';
import type { Message } from './wire.ts';

export type TimelineView = BubbleView & {
  personaId: number;
  messages: readonly Message[];
};

/** What stands in the list under a key, and what it was drawn from. */
type Entry = { key: string; source: readonly unknown[]; draw(): HTMLElement };
type Standing = { element: Element; source: readonly unknown[] };

/**
 * The messages of the chat on show. `show` may be called as often as anything changed: only what differs is
 * touched, an item keeps its element and its place through every edit, and the reader's place is kept.
 */
export function createTimeline(deps: {
  scroller: HTMLElement;
  list: HTMLElement;
  jumpButton: HTMLButtonElement;
  act(element: HTMLElement): void;
}) {
  const { list } = deps;
  const standing = new Map<string, Standing>();
  const keeper = createScrollKeeper(deps);
  let shownPersona: number | undefined;

  function actOn(event: Event): void {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-press]') : null;
    if (target) deps.act(target);
  }

  list.addEventListener('click', actOn);
  list.addEventListener('keydown', (event) => {
    // Real buttons turn these keys into clicks by themselves; what is only drawn as one does not.
    const pressed = event.key === 'Enter' || event.key === ' ';
    if (!pressed || !(event.target instanceof HTMLElement) || event.target.localName === 'button') return;
    if (event.target.localName === 'a') return;
    event.preventDefault();
    actOn(event);
  });

  function place(entries: readonly Entry[]): Element[] {
    const arrived: Element[] = [];
    const wanted = new Set(entries.map((entry) => entry.key));
    for (const [key, { element }] of standing) {
      if (wanted.has(key)) continue;
      element.remove();
      standing.delete(key);
    }
    let cursor = list.firstElementChild;
    for (const entry of entries) {
      const before = standing.get(entry.key);
      const element = before ? redraw(before, entry) : entry.draw();
      standing.set(entry.key, { element, source: entry.source });
      if (!before) arrived.push(element);
      if (element === cursor) cursor = cursor.nextElementSibling;
      else list.insertBefore(element, cursor);
    }
    return arrived;
  }

  function show(view: TimelineView): void {
    const switched = view.personaId !== shownPersona;
    if (switched) {
      shownPersona = view.personaId;
      standing.clear();
      list.replaceChildren();
    }
    const fresh = switched || standing.size === 0;
    keeper.keep(fresh, () => place(entriesOf(view)));
  }

  return { show, stickToEnd: keeper.stickToEnd };
}

function redraw(before: Standing, entry: Entry): Element {
  const same =
    before.source.length === entry.source.length &&
    before.source.every((value, index) => value === entry.source[index]);
  return same ? before.element : morph(before.element, entry.draw());
}

/** Days and items, in the order of the chat. */
function entriesOf(view: TimelineView): Entry[] {
  const { texts } = view;
  const entries: Entry[] = [];
  let day: string | undefined;
  for (const item of groupMessages(view.messages, view.personaId)) {
    if (item.day !== day) entries.push(dayEntry(item, texts));
    day = item.day;
    entries.push({ key: item.key, source: sourceOf(item, view), draw: () => drawItem(item, view) });
  }
  return entries;
}

/** Everything that the item's drawing depends on: the same source, the same drawing. */
function sourceOf(item: Item, view: TimelineView): readonly unknown[] {
  const { texts, botName, pendingTap, reactions } = view;
  const ids = item.messages.map((message) => message.message_id);
  const pending = pendingTap && ids.includes(pendingTap.messageId) ? pendingTap : undefined;
  const lists = ids.map((id) => reactions.get(id));
  return [texts.language, botName, pending, item.startsRun, item.endsRun, ...item.messages, ...lists];
}

function dayEntry(item: Item, texts: Texts): Entry {
  const { date } = item.messages[0];
  const now = Date.now() / 1000;
  const name =
    item.day === dayKey(now)
      ? texts.say('today')
      : item.day === dayKey(now - 24 * 3600)
        ? texts.say('yesterday')
        : dayName(date, texts.language);
  return {
    key: `day-${item.day}`,
    source: [name],
    draw: () => h('p', { class: 'service day' }, name),
  };
}
