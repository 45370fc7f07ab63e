/**
 * The one test that waits as long as a start on a server does when nobody tells it that the process before it is dead:
 * 10 s for its silence, and 40 s from when the handler began that it died in. It takes most of a minute, in which it
 * has the machine do nothing.
 */
import postgres from 'postgres';
import { describe, expect, test } from 'vitest';
import { botMessages, idIn } from '../support/conversation.ts';
import { waitForEmptyInbox } from '../support/invariants.ts';
import { openProcessStage, RESUMED } from '../support/process-stage.ts';

describe('a start after a kill that nobody noticed', () => {
  test('answers what the dead one was answering, when that must have ended and not before', async (context) => {
    const stage = await openProcessStage(context);
    const first = await stage.start();
    const emma = stage.newSeller();
    const hold = stage.sandbox.faults.hold('telegram', 'sendMessage');
    await emma.sendPhoto(stage.photo);
    await hold.reached;
    const client = postgres(stage.home.environment.DATABASE_URL ?? '', { max: 1, onnotice: () => {} });
    context.onTestFinished(() => client.end());
    await first.killUnnoticed();
    hold.drop();
    const [left] = await client<{ handled_until: Date }[]>`
      select handled_until from telegram_updates where state = 'waiting'`;
    if (left === undefined) throw new Error('the process died before it had begun a handler');

    const again = stage.sandbox.faults.hold('telegram', 'sendMessage');
    await stage.start();
    await again.reached;
    // Of one clock: the server and the sandbox are on this machine.
    expect(Date.now()).toBeGreaterThanOrEqual(left.handled_until.getTime());
    again.release();
    await emma.waitFor((message) => idIn(message, 'place') !== null, RESUMED);
    expect(botMessages(emma)).toHaveLength(1);
    await waitForEmptyInbox(stage.home);
    expect(await client`select deaths from telegram_updates where deaths > 0`).toEqual([{ deaths: 1 }]);
  });
});
