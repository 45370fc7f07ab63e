/** What the database is asked for one order: who adds a statement to its way sees it here. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { startApp } from '../../src/app.ts';
import { hearLog } from '../support/heard-log.ts';
import { brisk, configFor, createHome, silentLog } from '../support/running-app.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

/** What a clock asks for, whether anybody orders or not, and what says every few seconds that work is in hand. */
const UPKEEP =
  /intake_processes|update "broadcasts"|skip locked|set handled_until|select "value" from "settings"|count\(\*\) as count from "photoshoots"/;
/**
 * From the photo to the card under the album, those of the queue's upserts included and its looks for jobs not. Two
 * are for a worker that begins while the place in line is shown, and two for the last words of the order before; a new
 * seller is stored and welcomed as well.
 */
const MOST = { new: 68, known: 62 };
const HOUR_MS = 3_600_000;

let scene: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  scene = await open();
});
afterAll(() => scene.stop());

/** An app whose looks do not come, and what it asks its database. */
async function open() {
  const sandbox = await startSandbox({ port: 0, log: silentLog, tempo: 'at-once' });
  const home = await createHome();
  const config = brisk(configFor(home, sandbox, { DB_ECHO: 'true', LOG_LEVEL: 'info' }));
  const looks = {
    lineMs: HOUR_MS,
    providersMs: HOUR_MS,
    alertsMs: HOUR_MS,
    draftsMs: HOUR_MS,
    digestsMs: HOUR_MS,
  };
  const { log, lines } = hearLog('trace');
  const app = await startApp({ ...config, looks }, log);
  const statements = () =>
    lines
      .map((line): { statement?: string } => JSON.parse(line))
      .flatMap(({ statement }) => statement ?? [])
      .filter((text) => !UPKEEP.test(text));
  return {
    sandbox,
    statements,
    async stop() {
      await app.stop();
      await sandbox.stop();
      await home.remove();
    },
  };
}

test('an order of one picture asks the database for no more than it did', async () => {
  const photo = await sampleProductPhoto();
  /** @param nth of the proposals; a second time the same would be offered as it was made before */
  const order = async (person: ReturnType<typeof seller>, nth = 0) => {
    const before = scene.statements().length;
    const [sent] = await person.sendPhoto(photo);
    const after = sent?.message_id ?? 0;
    const style = buttons(await waitForButton(person, /Create all 4/, { after }))[nth] ?? '';
    person.tap(style);
    await waitForButton(person, `✓ ${style}`, { after });
    person.tap('Create 1 picture · 1 credit');
    await waitForButton(person, /^Originals/, { after });
    return scene.statements().slice(before);
  };
  // The first one reads what is kept for those after it.
  await order(seller(scene, 'en'));
  const emma = seller(scene, 'en');
  const asked = { new: await order(emma), known: await order(emma, 1) };
  expect(asked.new.length, asked.new.join('\n')).toBeLessThanOrEqual(MOST.new);
  expect(asked.known.length, asked.known.join('\n')).toBeLessThanOrEqual(MOST.known);
});
