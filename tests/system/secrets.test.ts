/** What the log says of a day with everything in it: no secret, and nothing that people wrote. */
import { describe, expect, test } from 'vitest';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import {
  idIn,
  PATIENCE,
  place,
  sendProduct,
  tap,
  textsOf,
  waitForResult,
  waitForText,
} from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { waitForButton } from '../support/seller.ts';
import { GIVEN_UP } from '../support/tidy.ts';

const mug = await sampleProductPhoto('mug');

describe('the log at its most talkative', () => {
  const scene = playScene({ RETRY_BASE_DELAY: '0' }, { level: 'trace', expected: GIVEN_UP });

  test('holds no token, key or link to a file, and no word of the seller’s', async () => {
    const { sandbox } = scene;
    const person = sandbox.people.of({
      firstName: 'Wilhelmina-Quasimodo',
      username: 'wilhelmina_quasimodo',
      languageCode: 'en',
    });
    const t = textsOf(person);
    const spoil = (service: 'telegram' | 'openai', match: string, kind: '5xx' | 'reset' | 'truncate') =>
      sandbox.faults.add(service, { match, kind, times: 1 });

    spoil('telegram', 'getFile', '5xx');
    spoil('telegram', 'file', 'truncate');
    spoil('telegram', 'getUpdates', '5xx');
    spoil('openai', 'responses', '5xx');
    spoil('openai', 'moderations', 'reset');
    const card = await sendProduct(person, mug, 'Zanzibar caption');
    await tap(person, t('button-describe'));
    person.sendText('between Xanthippe’s pillars at dawn');
    await waitForButton(person, t('button-create', { pictures: 1, credits: 1 }), PATIENCE);
    spoil('openai', 'images/edits', 'reset');
    spoil('telegram', 'sendPhoto', '5xx');
    sandbox.faults.add('telegram', { match: 'editMessageText', kind: 'refusal', times: 1 });
    await waitForResult(person, await place(person, card, 0));
    await tap(person, t('button-originals'));
    await waitForText(person, t('originals-caption'));
    await tap(person, { data: `cancel:${idIn(card, 'place')}` });
    // A fault of the database's, with people's words among its parameters.
    sandbox.people.injectUpdate({
      message: {
        // More than its column holds.
        message_id: 1e19,
        date: 1,
        chat: { id: person.id, type: 'private' },
        from: person.persona,
        photo: [{ file_id: 'a', file_unique_id: 'a', width: 1200, height: 1600 }],
        caption: 'Yggdrasil',
      },
    });
    person.sendText('/help');
    await waitForText(person, t('help'));

    const log = scene.heard.lines.join('');
    expect(log.length).toBeGreaterThan(1000);
    expect(log).toContain('a query failed');
    const secret = sandbox.botToken.slice(sandbox.botToken.indexOf(':') + 1);
    for (const word of [
      sandbox.botToken,
      secret,
      sandbox.openaiApiKey,
      '/file/bot',
      'Wilhelmina',
      'wilhelmina',
      'Zanzibar',
      'Xanthippe',
      'Yggdrasil',
    ]) {
      expect(log.split('\n').filter((line) => line.includes(word))).toEqual([]);
    }
  });
});
