import { Semaphore } from 'async-mutex';

export type Places = ReturnType<typeof createPlaces>;

/**
 * So many places, taken several at a time. Who finds too few stands in line, and nobody passes: a large party is not
 * kept waiting by small ones that come later.
 */
export function createPlaces(most: number) {
  const semaphore = new Semaphore(most);
  let taken = 0;
  let waiting = 0;

  return {
    /**
     * Does the work when there are places for it, and gives them back however it ends. One that wants more than there are
     * has all of them.
     * @throws the signal's reason, when it aborts before its turn
     */
    async within<T>(wanted: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
      const places = Math.min(wanted, most);
      if (places === 0) return work();
      signal.throwIfAborted();
      const cut = Promise.withResolvers<never>();
      const leave = () => cut.reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      waiting += 1;
      const turn = semaphore.acquire(places);
      try {
        await Promise.race([turn, cut.promise]);
      } catch (reason) {
        // Its turn still comes, and goes to the next.
        void turn.then(([, release]) => release());
        throw reason;
      } finally {
        waiting -= 1;
        signal.removeEventListener('abort', leave);
      }
      taken += places;
      try {
        return await work();
      } finally {
        taken -= places;
        semaphore.release(places);
      }
    },

    statistics: () => ({ most, taken, waiting }),
  };
}
