import type { Update } from '@grammyjs/types';
import type { Handle } from './handle-update.ts';
import { isUrgent, laneInOrder, laneOf } from './update.ts';

/** Checkouts and cancellations of one person that run past every bound; further ones stand in the person's lane. */
const URGENT_AT_ONCE = 3;

export type Overtaking = ReturnType<typeof createOvertaking>;

/** What may not wait runs past its person's lane, but not in any number: a count of what does so, by person. */
export function createOvertaking() {
  const underWay = new Map<number, number>();

  return {
    /** Chooses the lanes of updates that come in together, one after the other: each counts for the next. */
    laneChooser(): (update: Update) => number {
      const counted = new Map(underWay);
      return (update) => {
        const person = laneInOrder(update);
        if (person === null || !isUrgent(update)) return laneOf(update);
        const before = counted.get(person) ?? 0;
        counted.set(person, before + 1);
        return before < URGENT_AT_ONCE ? laneOf(update) : person;
      };
    },

    /** A handler that counts what runs past its person's lane. */
    counting:
      (handle: Handle): Handle =>
      async (update, signal) => {
        const person = isUrgent(update) ? laneInOrder(update) : null;
        if (person === null) return handle(update, signal);
        underWay.set(person, (underWay.get(person) ?? 0) + 1);
        try {
          await handle(update, signal);
        } finally {
          const left = (underWay.get(person) ?? 1) - 1;
          if (left > 0) underWay.set(person, left);
          else underWay.delete(person);
        }
      },
  };
}
