/** Channels beside the chat: what they are told, and that a deaf one delays nobody. */
import { expect, test } from 'vitest';
import { createEmailChannel, sayEverywhere } from '../../../src/alerts/channels.ts';
import { startMailServer, startWebhook } from '../../support/channel-servers.ts';
import { hearLog } from '../../support/heard-log.ts';

const TEXT = '🔴 Memory runs short. 97 %, the limit is 95 %.\nSee /performance.';

test('Slack is sent the text as JSON, and mail has its first line as the subject', async () => {
  const slack = await startWebhook(200);
  const mail = await startMailServer();
  const email = createEmailChannel(mail.url, ['anna@shop.example', 'boris@shop.example']);
  const heard = hearLog();
  await sayEverywhere([slack.channel, email], TEXT, heard.log);
  expect(heard.errors()).toEqual([]);
  expect(slack.heard).toEqual([{ type: 'application/json', body: JSON.stringify({ text: TEXT }) }]);
  expect(mail.recipients).toEqual(['anna@shop.example', 'boris@shop.example']);
  expect(mail.mails).toHaveLength(1);
  expect(mail.mails[0]).toMatch(/^Subject: /m);
});

test('a webhook that fails keeps no mail back, and its address stands in no line', async () => {
  const slack = await startWebhook(500);
  const mail = await startMailServer();
  const heard = hearLog();
  await sayEverywhere([slack.channel, createEmailChannel(mail.url, ['anna@shop.example'])], TEXT, heard.log);
  expect(mail.mails).toHaveLength(1);
  expect(heard.errors()).toEqual(['an alert did not get through a channel']);
  expect(heard.lines.join()).toContain('500');
  expect(heard.lines.join()).not.toContain('secret-part');
});

test('a deaf mail server is given up, and the others have long been told', async () => {
  const slack = await startWebhook(200);
  const deaf = await startMailServer(true);
  const heard = hearLog();
  const saying = sayEverywhere(
    [createEmailChannel(deaf.url, ['anna@shop.example']), slack.channel],
    TEXT,
    heard.log,
  );
  while (slack.heard.length === 0) await new Promise(setImmediate);
  expect(heard.errors()).toEqual([]);
  await saying;
  expect(heard.errors()).toEqual(['an alert did not get through a channel']);
}, 60_000);
