/** What the database is asked for one order: who adds a statement to its way sees it here. */
import { expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, seller, waitForButton } from '../support/seller.ts';

const photo = await sampleProductPhoto();

/** What a clock asks for, whether anybody orders or not, and what says every few seconds that work is in hand. */
const UPKEEP =
  /intake_processes|update "broadcasts"|skip locked|set handled_until|select "value" from "settings"|count\(\*\) as count from "photoshoots"/;
/**
 * From the photo to the card under the album, those of the queue's upserts included and its looks for jobs not. Two
 * are for a worker that begins while the place in line is shown, and two for the last words of the order before; a new
 * seller is stored and welcomed as well.
 */
const MOST = { new: 49, known: 46 };
const HOUR_MS = 3_600_000;

/** They do not come. */
const looks = {
  lineMs: HOUR_MS,
  providersMs: HOUR_MS,
  alertsMs: HOUR_MS,
  draftsMs: HOUR_MS,
  digestsMs: HOUR_MS,
};

const scene = playScene(
  { DB_ECHO: 'true', LOG_LEVEL: 'info' },
  { level: 'trace', tempo: 'at-once', adjust: (config) => ({ ...config, looks }) },
);

/** What the app has asked its database so far. */
const statements = () =>
  scene.heard.lines
    .map((line): { statement?: string } => JSON.parse(line))
    .flatMap(({ statement }) => statement ?? [])
    .filter((text) => !UPKEEP.test(text));

test('an order of one picture asks the database for no more than it did', async () => {
  /** @param nth of the proposals; a second time the same would be offered as it was made before */
  const order = async (person: ReturnType<typeof seller>, nth = 0) => {
    const before = statements().length;
    const [sent] = await person.sendPhoto(photo);
    const after = sent?.message_id ?? 0;
    const style = buttons(await waitForButton(person, /Create all 4/, { after }))[nth] ?? '';
    person.tap(style);
    await waitForButton(person, `✓ ${style}`, { after });
    person.tap('Create 1 picture · 1 credit');
    await waitForButton(person, /^Originals/, { after });
    return statements().slice(before);
  };
  // The first one reads what is kept for those after it.
  await order(seller(scene, 'en'));
  const emma = seller(scene, 'en');
  const asked = { new: await order(emma), known: await order(emma, 1) };
  expect(asked.new.length, asked.new.join('\n')).toBeLessThanOrEqual(MOST.new);
  expect(asked.known.length, asked.known.join('\n')).toBeLessThanOrEqual(MOST.known);
});
