/** Nearer to the end than this counts as being at the end, in CSS pixels. */
const NEAR_END = 60;
const SLIDE: KeyframeAnimationOptions = { duration: 220, easing: 'cubic-bezier(.2,.8,.2,1)' };

/**
 * Keeps the reader's place while the list changes. At the end of the chat the view follows, gliding; anywhere
 * else what is read stays where it is, and a button leads to what arrived below.
 */
export function createScrollKeeper(deps: {
  scroller: HTMLElement;
  list: HTMLElement;
  jumpButton: HTMLButtonElement;
}) {
  const { scroller, list, jumpButton } = deps;
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
  let atEnd = true;

  function noticePlace(): void {
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
    jumpButton.hidden = atEnd;
    if (atEnd) jumpButton.classList.remove('news');
  }

  function toEnd(): void {
    scroller.scrollTop = scroller.scrollHeight;
  }

  scroller.addEventListener('scroll', noticePlace, { passive: true });
  jumpButton.addEventListener('click', () =>
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: calm.matches ? 'auto' : 'smooth' }),
  );
  // The phone's keyboard, a growing message field or a turned screen must not push the end out of sight.
  new ResizeObserver(() => atEnd && toEnd()).observe(scroller);

  /** The first item that is on screen, and where: it shall be there afterwards, too. */
  function anchor(): { element: Element; top: number } | undefined {
    const top = scroller.getBoundingClientRect().top;
    const element = [...list.children].find((child) => child.getBoundingClientRect().bottom > top);
    return element && { element, top: element.getBoundingClientRect().top };
  }

  function follow(heightBefore: number, arrived: readonly Element[]): void {
    const grown = scroller.scrollHeight - heightBefore;
    toEnd();
    if (calm.matches || grown <= 0 || grown > scroller.clientHeight) return;
    list.animate([{ transform: `translateY(${grown}px)` }, { transform: 'none' }], SLIDE);
    for (const element of arrived) {
      element.animate(
        [
          { opacity: 0, scale: '0.96' },
          { opacity: 1, scale: '1' },
        ],
        SLIDE,
      );
    }
  }

  /** Runs a change of the list, which returns the elements that are new. `fresh`: another chat, so start at its end. */
  function keep(fresh: boolean, change: () => readonly Element[]): void {
    const heightBefore = scroller.scrollHeight;
    const place = fresh || atEnd ? undefined : anchor();
    const arrived = change();
    if (fresh) toEnd();
    else if (!place) follow(heightBefore, arrived);
    else {
      if (place.element.isConnected)
        scroller.scrollTop += place.element.getBoundingClientRect().top - place.top;
      if (arrived.length > 0) jumpButton.classList.add('news');
    }
    noticePlace();
  }

  return {
    keep,
    /** The person sent something: wherever they were reading, they want to see it now. */
    stickToEnd() {
      atEnd = true;
      toEnd();
    },
  };
}
