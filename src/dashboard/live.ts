/** Figures that change while one looks at them; `browser/live.js` puts what comes where it belongs. */
import { Readable } from 'node:stream';
import { setTimeout as pauseFor } from 'node:timers/promises';
import { ROOT } from './cookie.ts';
import { type Html, html } from './html.ts';
import type { Answer, Visitor } from './visit.ts';

/** Often enough to see work go on, and nothing for a database. */
const LOOK_MS = 2_000;
/** A page that is left open is asked who it is again after this, by asking for its figures anew. */
const LONGEST_LOOK_MS = 60_000;

/** What is kept fresh. @param path of the events, below `/admin` */
export function liveSection({ t }: Visitor, path: string, content: Html): Html {
  return html`<section data-live="${ROOT}${path}" aria-label="${t('dash-now')}">
${content}
<p class="soft">${t('dash-live-hint')}</p></section>`;
}

/** One figure within it, by the name that the events have for it. */
export function liveFigure(name: string, value: string): Html {
  return html`<span data-figure="${name}">${value}</span>`;
}

/** The events: the figures again and again, until `signal` ends or it is time to ask who is there. */
export function liveFigures(read: () => Promise<Record<string, string>>, signal: AbortSignal): Answer {
  return { kind: 'events', stream: Readable.from(events(read, signal)) };
}

async function* events(
  read: () => Promise<Record<string, string>>,
  signal: AbortSignal,
): AsyncGenerator<string> {
  const until = performance.now() + LONGEST_LOOK_MS;
  while (!signal.aborted && performance.now() < until) {
    yield `data: ${JSON.stringify(await read())}\n\n`;
    await pauseFor(LOOK_MS, null, { signal }).catch(() => {});
  }
}
