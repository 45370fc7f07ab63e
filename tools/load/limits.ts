/** What the limits let through: of one person's messages, of another's meanwhile, and of one address. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Counter } from '../../bench/support/shop.ts';
import { textUpdateOf } from '../../bench/support/updates.ts';
import { type Finding, told } from './finding.ts';

/** `USER_RATE_LIMIT` and `IP_RATE_LIMIT` where nobody set them. */
const MESSAGES = 10;
const REQUESTS = 30;
/** Beyond the limit; the first of them is answered with when to try again, the others in silence. */
const BEYOND = 5;
const SETTLE_MS = 60_000;
const LOOK_MS = 100;

/** @param isSettled whether every update that was sent has been handled */
export async function tryLimits(
  counter: Counter,
  { appUrl, person, isSettled }: { appUrl: string; person: number; isSettled: () => Promise<boolean> },
): Promise<Finding[]> {
  const other = person + 1;
  const write = (who: number) => counter.poster.deliver(textUpdateOf(counter.nextUpdate(), who));
  await Promise.all([...Array.from({ length: MESSAGES + BEYOND }, () => write(person)), write(other)]);
  for (let waited = 0; waited < SETTLE_MS && !(await isSettled()); waited += LOOK_MS) await delay(LOOK_MS);
  const answers = counter.chat.messages(person);
  const others = counter.chat.messages(other);
  const strangers = await Promise.all(Array.from({ length: REQUESTS + BEYOND }, () => knock(appUrl)));
  const refused = strangers.filter(({ status }) => status === 429);
  return [
    {
      what: `answers to one person’s ${MESSAGES + BEYOND} messages at once: the limit, and one that says when to go on`,
      measured: String(answers),
      limit: String(MESSAGES + 1),
      ok: answers === MESSAGES + 1,
    },
    {
      what: 'answers to somebody else meanwhile',
      measured: String(others),
      limit: '1',
      ok: others === 1,
    },
    {
      what: `of one stranger’s ${REQUESTS + BEYOND} requests in a minute, refused with Retry-After`,
      measured: String(refused.length),
      limit: String(BEYOND),
      ok: refused.length === BEYOND && refused.every(({ retryAfter }) => retryAfter !== null),
    },
    told('whoever shows the owner’s token, and health checks', 'are not counted'),
  ];
}

async function knock(appUrl: string): Promise<{ status: number; retryAfter: string | null }> {
  const answer = await fetch(`${appUrl}/nowhere`);
  await answer.body?.cancel();
  return { status: answer.status, retryAfter: answer.headers.get('retry-after') };
}
