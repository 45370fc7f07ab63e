/** SIGTERM: what can be finished is finished, what cannot goes on at the next start. */
import { describe, expect, type TestContext, test } from 'vitest';
import { textOf } from '../support/conversation.ts';
import { expectInvariants } from '../support/invariants.ts';
import { openProcessStage, photosSent, waitForOutcome } from '../support/process-stage.ts';

const WELL = { code: 0, signal: null };

/** A process that has an order in work, whose pictures are being made until `hold` lets them. */
async function startOrder(context: TestContext, pictures: number) {
  const stage = await openProcessStage(context);
  const vitrine = await stage.start();
  const emma = stage.newSeller();
  const order = await stage.prepareOrder(emma, pictures);
  const hold = stage.sandbox.faults.hold('openai', 'images/edits');
  order.create();
  await hold.reached;
  return { stage, vitrine, emma, order, hold };
}

describe('a process that is told to stop', { concurrent: true }, () => {
  test('finishes the order it is working on, and ends well', async (context) => {
    const { stage, vitrine, emma, order, hold } = await startOrder(context, 2);
    const exit = vitrine.stop();
    hold.release();
    expect(await exit).toEqual(WELL);
    // Without another start.
    expect(textOf(await waitForOutcome(emma, order.id))).toContain('2 credits used');
    const spending = await expectInvariants(stage.home, 1);
    expect(spending.map((picture) => picture.attempts)).toEqual([['succeeded'], ['succeeded']]);
  });

  test('leaves an order that takes longer than the grace to the next start, and ends well', async (context) => {
    const { stage, vitrine, emma, order, hold } = await startOrder(context, 1);
    expect(await vitrine.stop()).toEqual(WELL);
    expect(vitrine.output()).toContain('"msg":"stopped"');
    hold.drop();

    const next = await stage.start();
    await waitForOutcome(emma, order.id);
    expect(await next.stop()).toEqual(WELL);
    expect(photosSent(stage.sandbox)).toBe(1);
    const spending = await expectInvariants(stage.home, 2);
    // Nobody knows whether the first call was carried out, but it is written down that it ended.
    expect(spending.map((picture) => picture.attempts)).toEqual([['unknown', 'succeeded']]);
  });

  test('takes several signals at once for one request, as a terminal and npm both send one', async (context) => {
    const { vitrine, emma, order, hold } = await startOrder(context, 1);
    vitrine.send('SIGINT');
    vitrine.send('SIGTERM');
    await vitrine.says('"msg":"stopping"');
    hold.release();
    expect(await vitrine.exited).toEqual(WELL);
    expect(textOf(await waitForOutcome(emma, order.id))).toContain('1 credit used');
  });

  test('ends at once when it is told a second time, and the next start goes on', async (context) => {
    const { stage, vitrine, emma, order, hold } = await startOrder(context, 1);
    vitrine.send('SIGTERM');
    await vitrine.says('"msg":"stopping"');
    // What comes within a second still counts as the first time.
    const impatience = setInterval(() => vitrine.send('SIGTERM'), 200);
    expect(await vitrine.exited).toEqual({ code: 1, signal: null });
    clearInterval(impatience);
    hold.drop();

    const next = await stage.start();
    await waitForOutcome(emma, order.id);
    expect(await next.stop()).toEqual(WELL);
    const spending = await expectInvariants(stage.home, 2);
    expect(spending.map((picture) => picture.attempts)).toEqual([['open', 'succeeded']]);
  });
});
