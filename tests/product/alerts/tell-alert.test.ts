/** Who hears of an alert: the owners in chat, mail and Slack, each whether or not the others do, and each once. */
import { afterAll, afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import type { FaultRule, Person } from '../../../sandbox/index.ts';
import { createAlerts } from '../../../src/alerts/alerts.ts';
import { type AlertChannel, createEmailChannel } from '../../../src/alerts/channels.ts';
import { alerts as rows } from '../../../src/database/schema/index.ts';
import { tellAlert, tellAlertInChannels } from '../../../src/messenger/tell-alert.ts';
import { startMailServer, startWebhook } from '../../support/channel-servers.ts';
import { hearLog } from '../../support/heard-log.ts';
import { openFileScene } from '../../support/scene.ts';
import { heard, openStarDesk } from '../billing/star-desk.ts';

const HOUR_MS = 3_600_000;

const scene = await openFileScene();
const desk = await openStarDesk(scene);
const { db } = scene;
beforeEach(() => db.delete(rows));
afterEach(() => desk.sandbox.faults.clear());
afterAll(() => desk.close());

const KEY = 'provider-quota';
const STANDS = /quota|paid/i;
const later = (ms: number) => new Date(Date.now() + ms);

/** A webhook, a mailbox, and processes that tell these owners. */
async function stage(...owners: readonly Person[]) {
  const slack = await startWebhook(200);
  const mail = await startMailServer();
  const sayings: Promise<void>[] = [];
  const watched = ({ name, say }: AlertChannel): AlertChannel => ({
    name,
    say(text, signal) {
      const saying = say(text, signal);
      sayings.push(saying);
      return saying;
    },
  });
  const channels = [slack.channel, createEmailChannel(mail.url, ['anna@shop.example'])].map(watched);
  const listener = hearLog();
  const { log } = listener;
  const deps = { ...desk, adminIds: owners.map(({ id }) => id), log };
  return {
    /** Each has a gateway of its own, which remembers for how long Telegram asked it to wait. */
    startProcess() {
      const gateway = desk.anotherGateway();
      onTestFinished(() => gateway.close());
      return createAlerts({
        db,
        tell: (alert) => tellAlert({ ...deps, gateway }, alert),
        tellChannels: (alert) => tellAlertInChannels({ ...deps, channels }, alert),
        log,
      });
    },
    /** How often each of the channels has been told of anything so far. */
    async channelsHeard() {
      await Promise.all(sayings);
      return { slack: slack.heard.length, mail: mail.mails.length };
    },
    /** How often these owners were written to, with or without success. */
    asked: () =>
      desk.sandbox.journal
        .calls()
        .filter(({ method, parameters }) => method === 'sendMessage' && isOwner(parameters.chat_id)).length,
    untold: () => listener.lines.filter((line) => line.includes('an admin could not be told')).length,
  };

  function isOwner(chatId: unknown): boolean {
    return owners.some(({ id }) => id === chatId);
  }
}

const stranger = () => desk.sandbox.people.of({ firstName: 'Boris', languageCode: 'en' });

test.each<[string, () => Promise<Person>]>([
  ['has never pressed Start', async () => stranger()],
  [
    'has blocked the bot',
    async () => {
      const owner = await desk.seller();
      owner.block();
      return owner;
    },
  ],
])('an owner who %s is asked once for each telling, and mail and Slack are told', async (_state, find) => {
  const { startProcess, channelsHeard, asked, untold } = await stage(await find());
  const [one, other] = [startProcess(), startProcess()];
  await one.raise(KEY, {});
  for (let look = 0; look < 3; look += 1) await Promise.all([one.tellDue(), other.tellDue()]);
  expect([asked(), untold(), await channelsHeard()]).toEqual([1, 1, { slack: 1, mail: 1 }]);
  await other.tellDue(later(HOUR_MS));
  await one.resolve([KEY]);
  await other.tellDue(later(2 * HOUR_MS));
  expect([asked(), untold(), await channelsHeard()]).toEqual([3, 3, { slack: 3, mail: 3 }]);
});

test('a text that Telegram does not take is not sent again', async () => {
  const owner = await desk.seller();
  const { startProcess, channelsHeard, asked } = await stage(owner);
  desk.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'refusal', times: 1 });
  const one = startProcess();
  await one.raise('picture-paid-often:7', { photoshoot: '7', paid: 8 }, { lasts: false });
  await one.tellDue();
  expect([asked(), await channelsHeard()]).toEqual([1, { slack: 1, mail: 1 }]);
});

test.each<[string, Partial<FaultRule>]>([
  ['is not reached', { kind: 'reset' }],
  ['answers with a page', { kind: '5xx' }],
  ['asks to wait for long', { kind: '429', retryAfter: 600 }],
  ['does not know its bot', { kind: 'refusal', status: 401, description: 'Unauthorized' }],
])('while Telegram %s the chat is tried again, and mail and Slack are told once', async (_state, fault) => {
  const owner = await desk.seller();
  const { startProcess, channelsHeard } = await stage(owner);
  desk.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'reset', ...fault });
  await startProcess().raise(KEY, {});
  await startProcess().tellDue();
  const before = heard(owner).length;
  expect(await channelsHeard()).toEqual({ slack: 1, mail: 1 });
  desk.sandbox.faults.clear();
  await startProcess().tellDue();
  await startProcess().tellDue();
  expect(heard(owner).slice(before)).toEqual([expect.stringMatching(STANDS)]);
  expect(await channelsHeard()).toEqual({ slack: 1, mail: 1 });
});

test('who heard that it stands hears that it is over, and who did not hears nothing of it', async () => {
  const owner = await desk.seller();
  const { startProcess, channelsHeard } = await stage(owner);
  desk.sandbox.faults.add('telegram', { match: 'sendMessage', kind: 'reset' });
  const one = startProcess();
  await one.raise(KEY, {});
  await one.raise('line-full', {}, { standsFrom: later(HOUR_MS) });
  await one.resolve(['line-full']);
  await one.resolve([KEY]);
  desk.sandbox.faults.clear();
  const before = heard(owner).length;
  await startProcess().tellDue();
  expect(await channelsHeard()).toEqual({ slack: 2, mail: 2 });
  expect(heard(owner)).toHaveLength(before);
});

test('an owner who can be reached is told beside one who cannot, and beside mail and Slack, once', async () => {
  const [gone, owner] = [stranger(), await desk.seller()];
  const { startProcess, channelsHeard } = await stage(gone, owner);
  const one = startProcess();
  await one.raise(KEY, {});
  await one.tellDue();
  expect(heard(owner)).toEqual([expect.stringMatching(STANDS)]);
  expect(await channelsHeard()).toEqual({ slack: 1, mail: 1 });
});
