/** A state as a coloured word: the colour says at once what the word says exactly. */
import type { BroadcastState, OrderState, PaymentState, TicketState } from '../database/schema/index.ts';
import type { PartHealth } from '../health.ts';
import { type Content, type Html, html } from './html.ts';

type Mood = 'good' | 'warn' | 'bad' | '';

export const PAYMENT_MOODS: Readonly<Record<PaymentState, Mood>> = {
  credited: 'good',
  held: 'warn',
  refunding: 'warn',
  refunded: '',
  'charged-back': 'bad',
};
export const ORDER_MOODS: Readonly<Record<OrderState, Mood>> = {
  pending: 'warn',
  paid: 'good',
  cancelled: '',
  expired: '',
  refunded: '',
};
export const TICKET_MOODS: Readonly<Record<TicketState, Mood>> = {
  open: 'warn',
  'in-progress': '',
  resolved: 'good',
};
export const BROADCAST_MOODS: Readonly<Record<BroadcastState, Mood>> = {
  draft: '',
  sending: 'warn',
  paused: 'warn',
  done: 'good',
  cancelled: '',
};
export const HEALTH_MOODS: Readonly<Record<PartHealth['status'], Mood>> = {
  ok: 'good',
  degraded: 'warn',
  unhealthy: 'bad',
};

export function stateWord(word: Content, mood: Mood): Html {
  return html`<span class="state ${mood}">${word}</span>`;
}
