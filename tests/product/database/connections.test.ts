import { describe, expect, inject, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../src/database/client.ts';
import { intakeProcesses } from '../../../src/database/schema/index.ts';
import { createServerDatabase } from '../../support/database.ts';
import { hearLog } from '../../support/heard-log.ts';
import '../../support/provided.ts';

const source = inject('testDatabase');
/** Of the tests' server 300 connections are let in, three of them to superusers alone. */
const FITS_ONCE = 150;

describe.runIf(source.kind === 'server')('the connections', () => {
  test('a start says when the pools of all processes do not fit into the server', async () => {
    if (source.kind !== 'server') throw new Error('the server was asked for');
    const database = await createServerDatabase(source.url);
    onTestFinished(database.drop);
    const open = async () => {
      const heard = hearLog('warn');
      const handle = await openDatabase({ ...database.options, poolMaxSize: FITS_ONCE }, heard.log);
      onTestFinished(() => handle.close());
      return { handle, lines: heard.lines };
    };
    const first = await open();
    expect(first.lines).toEqual([]);
    await first.handle.db.insert(intakeProcesses).values({ id: 'another process', polls: false });
    const second = await open();
    expect(second.lines).toEqual([
      expect.stringMatching(/"processes":2,"needed":312,"allowed":297.+do not fit into the server/),
    ]);
    await first.handle.db.update(intakeProcesses).set({ beatAt: new Date(Date.now() - 120_000) });
    expect((await open()).lines).toEqual([]);
  });
});
