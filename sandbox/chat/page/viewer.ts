import { openDialog } from './dialogs.ts';
import { button, h } from './dom.ts';
import { icon } from './icons.ts';
import type { Texts } from './texts.ts';
import type { Message } from './wire.ts';

/** A finger must travel this far to turn the page or to close, in CSS pixels. */
const TURN_AT = 56;
const CLOSE_AT = 110;

/**
 * The pictures of the chat with their captions over the whole screen, beginning with `start`. Swipe, arrow keys or the buttons turn;
 * any of them can be replied to; a pull down, Escape or a press beside the picture closes.
 */
export function openViewer(
  photos: readonly { address: string; message: Message }[],
  start: number,
  texts: Texts,
  reply: (messageId: number) => void,
): void {
  let index = start;
  const picture = h('img', { class: 'viewer-picture', alt: '', draggable: 'false' });
  const count = h('p', { class: 'viewer-count', role: 'status' });
  const save = h(
    'a',
    { class: 'round', 'aria-label': texts.say('download'), download: true },
    icon('download'),
  );
  const close = button({ label: texts.say('close'), icon: icon('close'), class: 'round' }, () =>
    dialog.close(),
  );
  const back = button({ label: texts.say('previousPicture'), icon: icon('back'), class: 'round turn' }, () =>
    turn(-1),
  );
  const on = button({ label: texts.say('nextPicture'), icon: icon('forward'), class: 'round turn' }, () =>
    turn(1),
  );
  const answer = button({ label: texts.say('reply'), icon: icon('reply'), class: 'round' }, () => {
    const photo = photos[index];
    dialog.close();
    if (photo) reply(photo.message.message_id);
  });
  const caption = h('p', { class: 'viewer-caption', 'data-testid': 'viewer-caption' });
  const stage = h('div', { class: 'viewer-stage' }, picture);
  const dialog = openDialog(
    { class: 'viewer', label: texts.say('photo'), testId: 'viewer' },
    stage,
    h('div', { class: 'viewer-bar' }, count, answer, save, close),
    caption,
    back,
    on,
  );

  function show(): void {
    const photo = photos[index];
    if (photo === undefined) return;
    const { address, message } = photo;
    picture.src = address;
    save.href = address;
    count.textContent = texts.say('picture', { n: index + 1, count: photos.length });
    picture.alt = message.caption ?? count.textContent;
    caption.hidden = message.caption === undefined;
    caption.textContent = message.caption ?? '';
    back.hidden = index === 0;
    on.hidden = index === photos.length - 1;
    // Its neighbours come from the browser's cache when the page is turned.
    for (const near of [photos[index - 1], photos[index + 1]]) if (near) new Image().src = near.address;
  }

  function turn(by: number): void {
    const next = index + by;
    if (photos[next] === undefined) return;
    index = next;
    show();
    const from = `translateX(${by * 48}px)`;
    picture.animate(
      [
        { transform: from, opacity: 0 },
        { transform: 'none', opacity: 1 },
      ],
      { duration: 160 },
    );
  }

  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowLeft') turn(-1);
    if (event.key === 'ArrowRight') turn(1);
  });
  followFinger(stage, {
    moved(x, y) {
      picture.style.translate = Math.abs(x) > Math.abs(y) ? `${x}px 0` : `0 ${Math.max(0, y)}px`;
    },
    released(x, y, pressed) {
      picture.style.translate = '';
      if (Math.abs(x) > TURN_AT && Math.abs(x) > Math.abs(y)) turn(x < 0 ? 1 : -1);
      else if (y > CLOSE_AT || (Math.hypot(x, y) < 5 && pressed !== picture)) dialog.close();
    },
  });
  show();
  close.focus();
}

/** Tells how far the pointer has gone since it went down, and where it was when it was lifted. */
function followFinger(
  stage: HTMLElement,
  told: {
    moved(x: number, y: number): void;
    released(x: number, y: number, pressed: EventTarget | null): void;
  },
): void {
  let from: { x: number; y: number; pressed: EventTarget | null } | undefined;
  stage.addEventListener('pointerdown', (event) => {
    from = { x: event.clientX, y: event.clientY, pressed: event.target };
    stage.setPointerCapture(event.pointerId);
  });
  stage.addEventListener('pointermove', (event) => {
    if (from) told.moved(event.clientX - from.x, event.clientY - from.y);
  });
  stage.addEventListener('pointerup', (event) => {
    if (from) told.released(event.clientX - from.x, event.clientY - from.y, from.pressed);
    from = undefined;
  });
  stage.addEventListener('pointercancel', () => {
    if (from) told.released(0, 0, stage.firstElementChild);
    from = undefined;
  });
}
