/** Forms, and reading what they send. */

import { AppError } from '../errors.ts';
import { readId } from '../screens/callback-data.ts';
import { ROOT } from './cookie.ts';
import { type Content, type Html, html } from './html.ts';
import type { Visitor } from './visit.ts';

/** A form that does something: it always carries what only this visitor knows. @param path below `/admin` */
export function actForm({ formToken }: Visitor, path: string, fields: Content): Html {
  return html`<form class="stack" method="post" action="${ROOT}${path}"><input type="hidden" name="token" value="${formToken}">${fields}</form>`;
}

/** The id in an address or a form. @throws AppError not-found */
export function idIn(values: Readonly<Record<string, string>>, name = 'id'): number {
  const id = readId(values[name] ?? null);
  if (id === null) throw new AppError('not-found', 'an address that no link of ours has');
  return id;
}

export function oneOf<Name extends string>(names: readonly Name[], text: string | undefined): Name | null {
  return names.find((name) => name === text) ?? null;
}

/** A whole number from 1 to `most`, or null. */
export function wholeNumber(text: string | undefined, most: number): number | null {
  const value = /^[1-9]\d{0,6}$/.test(text?.trim() ?? '') ? Number(text) : null;
  return value === null || value > most ? null : value;
}
