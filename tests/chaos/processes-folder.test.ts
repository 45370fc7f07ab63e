/** The embedded database is one process's at a time. */
import { describe, expect, test } from 'vitest';
import { openProcessStage } from '../support/process-stage.ts';
import { connectedTo, runVitrine } from '../support/vitrine-process.ts';

describe('a start', () => {
  test('on a folder that another process has is refused, and that one works on', async (context) => {
    const stage = await openProcessStage(context);
    const first = await stage.start();
    const second = await runVitrine({ ...stage.home.environment, ...connectedTo(stage.sandbox) });
    expect(second.code).toBe(1);
    expect(second.output).toMatch(
      /^Another process uses the database in .+\. Stop it, or set DATA_DIR.+\n$/m,
    );
    await stage.prepareOrder(stage.newSeller());
    expect(await first.stop()).toEqual({ code: 0, signal: null });
    // The folder is free again.
    await stage.start();
  });
});
