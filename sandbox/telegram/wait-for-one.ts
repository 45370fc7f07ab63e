/**
 * The first value that fits among those that `subscribe` brings from now on.
 * @throws what `fits` throws, and `failure()` when none came within `timeoutMs`.
 */
export function waitForOne<T>(options: {
  subscribe: (listener: (value: T) => void) => () => void;
  fits: (value: T) => boolean;
  timeoutMs: number;
  failure: () => Error;
}): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>();
  const leave = options.subscribe((value) => {
    try {
      if (options.fits(value)) resolve(value);
    } catch (error) {
      // The asker's mistake must not reach whoever brought the value.
      reject(error);
    }
  });
  const timer = setTimeout(() => reject(options.failure()), options.timeoutMs);
  // The sandbox's server keeps a waiting process alive; once it has stopped, nothing should.
  timer.unref();
  return promise.finally(() => {
    clearTimeout(timer);
    leave();
  });
}
