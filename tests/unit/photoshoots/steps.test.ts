import { expect, test } from 'vitest';
import { PHOTOSHOOT_STATES, type PhotoshootState } from '../../../src/database/schema/index.ts';
import { ENDED, IN_WORK, STEPS, type Step, UNPLACED } from '../../../src/photoshoots/steps.ts';

const steps: readonly Step[] = Object.values(STEPS);

/** What a photoshoot may become from here, over any number of steps. */
function reachable(from: PhotoshootState, seen: ReadonlySet<PhotoshootState> = new Set()): PhotoshootState[] {
  const next = steps.filter((step) => step.from.includes(from) && !seen.has(step.to)).map((step) => step.to);
  const known = new Set([...seen, ...next]);
  return [...new Set([...next, ...next.flatMap((state) => reachable(state, known))])];
}

test('a photoshoot may become these and nothing else', () => {
  const next = (state: PhotoshootState) =>
    [...new Set(steps.filter((step) => step.from.includes(state)).map((step) => step.to))].sort();
  expect(Object.fromEntries(PHOTOSHOOT_STATES.map((state) => [state, next(state)]))).toEqual({
    draft: ['awaiting_payment', 'expired', 'failed', 'queued'],
    awaiting_payment: ['draft', 'expired', 'queued'],
    queued: ['cancelled', 'generating'],
    generating: ['cancelled', 'completed', 'failed'],
    completed: [],
    cancelled: [],
    failed: [],
    expired: [],
  });
});

test('every state belongs to one phase, or is the silent end of a draft', () => {
  expect([...UNPLACED, ...IN_WORK, ...ENDED, 'expired'].sort()).toEqual([...PHOTOSHOOT_STATES].sort());
});

test('every state can be reached from a draft', () => {
  expect(new Set(reachable('draft'))).toEqual(new Set(PHOTOSHOOT_STATES));
});

test('what is over stays as it is, and everything else can still end', () => {
  const over: readonly PhotoshootState[] = [...ENDED, 'expired'];
  for (const state of PHOTOSHOOT_STATES) {
    const isOver = over.includes(state);
    expect(reachable(state).some((later) => over.includes(later))).toBe(!isOver);
  }
});

test('what was placed is never chosen again: its credits are held, and only an outcome moves them', () => {
  for (const state of IN_WORK) {
    for (const later of reachable(state)) expect([...IN_WORK, ...ENDED]).toContain(later);
  }
});

test('a payment that has landed places a photoshoot only while it is unplaced', () => {
  expect(STEPS.place.from).toEqual(['draft', 'awaiting_payment']);
});
