import { expect, test } from 'vitest';
import { isPassingQueueFault } from '../../../src/queue/queue-fault.ts';

test.each([
  // As met on a server that stood still for 14 s, and when its connections were cut.
  ['LISTEN/NOTIFY heartbeat timed out', undefined, true],
  ['timeout exceeded when trying to connect (Queue: give-up, Worker: 83065770)', undefined, true],
  ['Connection terminated unexpectedly', undefined, true],
  ['terminating connection due to administrator command', '57P01', true],
  ['connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED', true],
  ['deadlock detected', '40P01', true],
  ['relation "queue.job" does not exist', '42P01', false],
  ['permission denied for schema queue', '42501', false],
  ['Queue give-up does not exist', undefined, false],
])('“%s” (%s) passes by itself: %s', (message, code, passes) => {
  expect(isPassingQueueFault({ message, code })).toBe(passes);
});
