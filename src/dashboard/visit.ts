/** One request of somebody who is signed in, as a page sees it, and what a page may answer. */
import type { Readable } from 'node:stream';
import type { Log } from '../log.ts';
import { may, type Right, type Role } from '../owners/rights.ts';
import type { Translate } from '../texts/texts.ts';
import type { DashboardDeps } from './deps.ts';
import type { Html } from './html.ts';
import type { SectionName } from './sections.ts';

export type Visitor = {
  userId: number;
  role: Role;
  sessionId: number;
  language: string;
  t: Translate;
  /** Whatever this visitor's forms must carry: nobody else can know it. */
  formToken: string;
};

export type Visit = {
  visitor: Visitor;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  form: Readonly<Record<string, string>>;
  /** Ends when the visitor has left. */
  signal: AbortSignal;
  log: Log;
};

export type Answer =
  | { kind: 'page'; title: string; section: SectionName | null; main: Html }
  | { kind: 'redirect'; to: string }
  | { kind: 'file'; name: string; type: string; body: string }
  | { kind: 'picture'; jpeg: Uint8Array }
  | { kind: 'events'; stream: Readable }
  /** What was sent cannot be used; the sentence says why, and the way back keeps what was written. */
  | { kind: 'refused'; sentence: string }
  /** The session has ended. */
  | { kind: 'goodbye' };

/** One address of the dashboard. A route without a right does not compile. */
export type Route = {
  method: 'GET' | 'POST';
  /** Below `/admin`; empty for the dashboard itself. */
  path: string;
  right: Right;
  answer(deps: DashboardDeps, visit: Visit): Promise<Answer>;
};

export function allows({ role }: Visitor): (right: Right) => boolean {
  return (right) => may(role, right);
}
