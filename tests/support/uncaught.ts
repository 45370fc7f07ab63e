import { onTestFinished } from 'vitest';

/** What nobody caught while the test runs: in the product it would end the process. */
export function watchUncaught(): readonly unknown[] {
  const uncaught: unknown[] = [];
  const note = (error: unknown) => void uncaught.push(error);
  const events = ['uncaughtException', 'unhandledRejection'];
  for (const event of events) process.on(event, note);
  onTestFinished(() => {
    for (const event of events) process.off(event, note);
  });
  return uncaught;
}
