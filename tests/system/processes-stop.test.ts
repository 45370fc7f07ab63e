/** SIGTERM: what can be finished is finished, what cannot goes on at the next start. */
import { describe, expect, test } from 'vitest';
import { textOf } from '../support/conversation.ts';
import { expectInvariants } from '../support/invariants.ts';
import { openProcessStage, photosSent, waitForOutcome } from '../support/process-stage.ts';

const WELL = { code: 0, signal: null };

describe('a process that is told to stop', { concurrent: true }, () => {
  test('finishes the order it is working on, and ends well', async (context) => {
    const stage = await openProcessStage(context);
    const vitrine = await stage.start();
    const emma = stage.newSeller();
    const order = await stage.prepareOrder(emma, 2);
    const hold = stage.sandbox.faults.hold('openai', 'images/edits');
    order.create();
    await hold.reached;
    const exit = vitrine.stop();
    hold.release();
    expect(await exit).toEqual(WELL);
    // Without another start.
    expect(textOf(await waitForOutcome(emma, order.id))).toContain('2 credits used');
    const spending = await expectInvariants(stage.home, 1);
    expect(spending.map((picture) => picture.attempts)).toEqual([['succeeded'], ['succeeded']]);
  });

  test('leaves an order that takes longer than the grace to the next start, and ends well', async (context) => {
    const stage = await openProcessStage(context);
    const vitrine = await stage.start();
    const emma = stage.newSeller();
    const order = await stage.prepareOrder(emma, 1);
    const hold = stage.sandbox.faults.hold('openai', 'images/edits');
    order.create();
    await hold.reached;
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
    const stage = await openProcessStage(context);
    const vitrine = await stage.start();
    const emma = stage.newSeller();
    const order = await stage.prepareOrder(emma, 1);
    const hold = stage.sandbox.faults.hold('openai', 'images/edits');
    order.create();
    await hold.reached;
    vitrine.send('SIGINT');
    vitrine.send('SIGTERM');
    await vitrine.says('"msg":"stopping"');
    hold.release();
    expect(await vitrine.exited).toEqual(WELL);
    expect(textOf(await waitForOutcome(emma, order.id))).toContain('1 credit used');
  });

  test('ends at once when it is told a second time, and the next start goes on', async (context) => {
    const stage = await openProcessStage(context);
    const vitrine = await stage.start();
    const emma = stage.newSeller();
    const order = await stage.prepareOrder(emma, 1);
    const hold = stage.sandbox.faults.hold('openai', 'images/edits');
    order.create();
    await hold.reached;
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
