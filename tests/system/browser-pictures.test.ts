/** Pictures for the README of what stands on no other way through the chat: run only where screenshots are asked for. */
import sharp from 'sharp';
import { describe, test } from 'vitest';
import { EMMA_ID } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import type { PollingConfig } from '../../src/config.ts';
import { PHONE, useBrowser, useWindows } from '../support/browser.ts';
import { playScene } from '../support/played-scene.ts';
import { isUpdatingScreenshots } from '../support/running-app.ts';

const WHOLE_WAY_MS = 300_000;
/** The machine may be busy: the pictures wait for a verdict, and not for its time to be over. */
const patient = (config: PollingConfig): PollingConfig => ({
  ...config,
  truthCheck: { ...config.truthCheck, waitMs: 110_000 },
});

describe.runIf(isUpdatingScreenshots())('pictures for the README', { timeout: WHOLE_WAY_MS }, () => {
  const scene = playScene({ TRUTH_CHECK: 'mark' }, { adjust: patient, tempo: 'at-once' });
  const open = useWindows(useBrowser(), scene);

  test('advice on a photo, a label that reads otherwise, a cut-out, a listing’s text, the history', async () => {
    const photo = await sampleProductPhoto('mug');
    // High enough for a whole card.
    const chat = await open(EMMA_ID, { viewport: { ...PHONE, height: 1060 } });
    // Each picture is held against its photo, which takes its time on a busy machine.
    chat.page.setDefaultTimeout(WHOLE_WAY_MS);
    await chat.start();
    await chat.sendPhoto(await sharp(photo).linear(0.4, 0).jpeg().toBuffer());
    await chat.see('The photo is dark');
    await chat.keepScreenshot('screenshots/advice.png');

    await chat.sendPhoto(photo, '1 photo');
    await chat.seeKey('Create the first · 1 credit');
    scene.sandbox.faults.add('openai', { match: 'responses', kind: 'misprinted' });
    await chat.tap('Create the first · 1 credit');
    await chat.see('For the gallery: the label reads “NORDEM” instead of “NORDEN”');
    scene.sandbox.faults.clear();
    await chat.keepScreenshot('screenshots/truth.png');

    await chat.tap('📝 Title & keywords · free');
    await chat.seeKey('Copy the title');
    await chat.keepScreenshot('screenshots/listing.png');

    await chat.tap('✂️ Cut-out');
    await chat.seeKey('✂️ Cut-out · 1 credit');
    await chat.tap('✂️ Cut-out · 1 credit');
    await chat.see('The product alone: transparent');
    await chat.keepScreenshot('screenshots/cut-out.png');

    await chat.say('/history');
    await chat.tap(/· 1 picture$/);
    await chat.seeKey('Send the pictures again');
    await chat.keepScreenshot('screenshots/history.png');
  });
});
