/** What pages are made of beside tables: a figure in a box, and a fact on a line. */
import { type Content, type Html, html } from './html.ts';

/** One figure with its name above and what explains it below. */
export function figure(name: string, value: Content, note: string, size: 'large' | 'usual' = 'usual'): Html {
  return html`<div class="figure ${size}"><dt>${name}</dt><dd>${value}</dd>${note !== '' && html`<dd class="note">${note}</dd>`}</div>`;
}

/** A line of a list of facts. */
export function fact(name: string, value: Content): Html {
  return html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
}
