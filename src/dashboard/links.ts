import { ROOT } from './cookie.ts';
import { type Html, html } from './html.ts';

/** A person's name, and the way to their card. */
export function personLink(userId: number, name: string): Html {
  return html`<a href="${ROOT}/people/${String(userId)}">${name}</a>`;
}
