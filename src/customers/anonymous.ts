/** What stands in the books for somebody whose data was deleted. */
import { randomInt } from 'node:crypto';

/**
 * The id under which the books keep what somebody moved whose data was deleted: drawn, so that nothing leads back. Below
 * zero, where no person's id is, and below every id of a chat that Telegram gives (−4·10¹² at the lowest), so that
 * nothing meant for it can reach anybody.
 */
export function drawAnonymousId(): number {
  return -(2 ** 51 + randomInt(2 ** 24) * 2 ** 27 + randomInt(2 ** 27));
}

/** Whether this id stands for somebody whose data was deleted: nobody can be told or given anything under it. */
export function isAnonymous(userId: number): boolean {
  return userId < 0;
}
