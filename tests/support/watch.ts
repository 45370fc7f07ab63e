/** What became of a promise, without waiting for it. */
export function watch<T>(promise: Promise<T>) {
  const watched: { state: 'pending' | 'done' | 'failed'; value?: T; error?: unknown } = { state: 'pending' };
  promise.then(
    (value) => {
      watched.state = 'done';
      watched.value = value;
    },
    (error: unknown) => {
      watched.state = 'failed';
      watched.error = error;
    },
  );
  return watched;
}
