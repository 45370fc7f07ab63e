/**
 * Chance that comes out the same for the same seed, which Math.random cannot: mulberry32, a generator of 32 bits that
 * is in the public domain. Good enough for a story, for nothing that has to be secret.
 */
export type Chance = ReturnType<typeof createChance>;

export function createChance(seed: number) {
  let state = seed >>> 0;

  /** From 0 up to, not including, 1. */
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const between = (from: number, to: number) => from + next() * (to - from);

  return {
    /** True in so many of a hundred cases. */
    percent: (percent: number) => next() * 100 < percent,
    between,
    whole: (from: number, to: number) => Math.floor(between(from, to + 1)),
    /** A wait whose mean this is: short ones are frequent, long ones rare. */
    wait: (mean: number) => -mean * Math.log(1 - next()),
    /** One of them, by their weights. */
    one<T>(choices: readonly (readonly [choice: T, weight: number])[]): T {
      let rest = next() * choices.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [choice, weight] of choices) {
        rest -= weight;
        if (rest < 0) return choice;
      }
      const last = choices.at(-1);
      if (last === undefined) throw new Error('nothing to choose from');
      return last[0];
    },
  };
}
