/** The life of a photoshoot: its states in three phases, and every step from one to another. */
import type { PhotoshootState } from '../database/schema/index.ts';

/** The seller chooses and pays; nothing is reserved. */
export const UNPLACED = ['draft', 'awaiting_payment'] as const;

/** Placed: its credits are reserved, and a worker has it or will. */
export const IN_WORK = ['queued', 'generating'] as const;

/** Over, with an outcome that the seller is told. An `expired` one is over as well, and nobody hears of it. */
export const ENDED = ['completed', 'cancelled', 'failed'] as const;

export type Step = Readonly<{ from: readonly PhotoshootState[]; to: PhotoshootState }>;

/**
 * Every step there is. A verb that changes a state names its step (`takeStep`), and a photoshoot that stands
 * elsewhere, because somebody was quicker, is not changed.
 */
export const STEPS = {
  /** Credits are short: the seller is asked to pay. */
  'await-payment': { from: ['draft'], to: 'awaiting_payment' },
  /** The seller goes back from paying to choosing. */
  reopen: { from: ['awaiting_payment'], to: 'draft' },
  /** The seller orders, or the payment that it waited for has landed. */
  place: { from: UNPLACED, to: 'queued' },
  /** The photo cannot become pictures. */
  refuse: { from: ['draft'], to: 'failed' },
  /** The time of the draft is over, or the seller drops it. */
  expire: { from: UNPLACED, to: 'expired' },
  /** The first worker takes it; later ones find it started. */
  start: { from: ['queued'], to: 'generating' },
  /** The seller stops it before a worker has it. */
  withdraw: { from: ['queued'], to: 'cancelled' },
  /** The worker ends it: the seller wanted it stopped, */
  stop: { from: ['generating'], to: 'cancelled' },
  /** at least one picture arrived, */
  complete: { from: ['generating'], to: 'completed' },
  /** or none did. */
  fail: { from: ['generating'], to: 'failed' },
} as const satisfies Record<string, Step>;

export type StepName = keyof typeof STEPS;
