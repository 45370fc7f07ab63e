/** Growth as people meet it: invitations, promo codes, gifts, start links, and what the owners see of them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { type Command, commandsFor } from '../../src/bot/commands.ts';
import { ask, botMessages, order, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { playScene } from '../support/played-scene.ts';
import { seller } from '../support/seller.ts';

const photo = await sampleProductPhoto();

const scene = playScene({ FREE_CREDITS: '8', REFERRAL_REWARD_START: '4' });
let admin: Person;

beforeAll(() => {
  admin = scene.sandbox.people.of(ADMIN_ID);
});

const link = (payload: string) => `https://t.me/${scene.sandbox.botUsername}?start=${payload}`;

/** Opens the bot by a link, as a tap on it does. */
async function open(person: Person, payload = ''): Promise<void> {
  await ask(person, `/start ${payload}`.trim(), /Hello|Здравствуйте|Привет/);
}

async function balanceOf(person: Person): Promise<number> {
  const answer = await ask(person, '/balance', /^💎 You have/);
  return Number(/(\d+) credits?/.exec(textOf(answer))?.[1] ?? 0);
}

describe('an invitation', () => {
  test('can be shared and copied, and earns when the friend has a first picture', async () => {
    const anna = seller(scene, 'en');
    await open(anna);
    const card = await ask(anna, '/invite', 'Invite other sellers');
    const payload = /start=(ref_[0-9a-f]{32})/.exec(textOf(card))?.[1] ?? '';
    const [share, copy] = card.reply_markup?.inline_keyboard.flat() ?? [];
    const t = textsOf(anna);
    expect(share).toMatchObject({ text: t('button-share') });
    const shared = new URL(share !== undefined && 'url' in share ? share.url : '');
    expect(shared.origin + shared.pathname).toBe('https://t.me/share/url');
    expect(shared.searchParams.get('url')).toBe(link(payload));
    expect(shared.searchParams.get('text')).toBe(t('invite-share-text'));
    expect(copy).toMatchObject({ text: t('button-copy-link'), copy_text: { text: link(payload) } });

    const boris = seller(scene, 'en');
    await open(boris, payload);
    expect(await balanceOf(anna)).toBe(8);
    await order(boris, photo);
    expect(await balanceOf(anna)).toBe(12);
    await ask(anna, '/invite', t('invite-earned', { arrived: 1, earned: 4 }));
  });

  test('of somebody who is known earns nothing', async () => {
    const [anna, boris] = [seller(scene, 'en'), seller(scene, 'en')];
    await open(anna);
    await open(boris);
    const payload = /start=(ref_\w+)/.exec(textOf(await ask(anna, '/invite', 'start=ref_')))?.[1];
    await open(boris, payload);
    await order(boris, photo);
    expect(await balanceOf(anna)).toBe(8);
  });
});

describe('a promo code', () => {
  test('gives credits by command, once, and says why it gives no more', async () => {
    await ask(admin, '/promo_new spring credits 5 max=2', 'SPRING');
    const anna = seller(scene, 'en');
    const t = textsOf(anna);
    await ask(anna, '/promo', t('promo-ask'));
    await ask(anna, '/promo spring', t('promo-credits', { added: 5, credits: 13 }));
    await ask(anna, '/promo SPRING', t('error-promo-used'));
    await ask(anna, '/promo nothing', t('error-promo-unknown'));
    const boris = seller(scene, 'en');
    await ask(boris, '/promo Spring', t('promo-credits', { added: 5, credits: 13 }));
    await ask(seller(scene, 'en'), '/promo SPRING', t('error-promo-over'));
    await ask(admin, '/promo_list', /SPRING.*2/);
  });

  test('works by a link, for somebody new and for somebody known, and the greeting follows', async () => {
    await ask(admin, '/promo_new LINKED credits 3', link('promo_LINKED'));
    const anna = seller(scene, 'en');
    await open(anna, 'promo_linked');
    expect(await balanceOf(anna)).toBe(11);
    await open(anna, 'promo_LINKED');
    await waitForText(anna, textsOf(anna)('error-promo-used'));
    const boris = seller(scene, 'en');
    await open(boris);
    await open(boris, 'promo_LINKED');
    expect(await balanceOf(boris)).toBe(11);
  });

  test('for a percentage lowers the price of the next invoice', async () => {
    await ask(admin, '/promo_new TENOFF percent 10 days=7', 'TENOFF');
    const anna = seller(scene, 'en');
    await ask(anna, '/promo TENOFF', textsOf(anna)('promo-percent', { percent: 10 }));
    anna.sendText('/start buy_1');
    const { invoice } = await anna.waitFor((message) => message.invoice !== undefined);
    expect(invoice).toMatchObject({ currency: 'XTR', total_amount: 89 });
  });

  test('that is there, or is written wrongly, is explained to the admin', async () => {
    await ask(admin, '/promo_new TWICE credits 5', 'TWICE');
    await ask(admin, '/promo_new TWICE percent 50', textsOf(admin)('promo-exists', { code: 'TWICE' }));
    await ask(admin, '/promo_new TWICE for free', textsOf(admin)('promo-new-usage'));
  });
});

describe('a gift', () => {
  test('reaches the person with its reason, and the admin learns the new balance', async () => {
    const anna = seller(scene, 'en');
    await open(anna);
    const [given] = admin.sendText(`/gift ${anna.id} 5 Sorry for <the> wait`);
    const received = await waitForText(anna, /present/);
    expect(textOf(received)).toContain('5 credits');
    expect(textOf(received)).toContain('Sorry for <the> wait');
    await waitForText(admin, /13/, { after: given?.message_id ?? 0 });
    expect(await balanceOf(anna)).toBe(13);
  });

  test('of an update that comes twice is given once', async () => {
    const anna = seller(scene, 'en');
    await open(anna);
    const message = {
      message_id: 900_001,
      date: Math.floor(Date.now() / 1000),
      chat: { id: ADMIN_ID, type: 'private', first_name: 'Admin' },
      from: { id: ADMIN_ID, is_bot: false, first_name: 'Admin' },
      text: `/gift ${anna.id} 5`,
      entities: [{ type: 'bot_command', offset: 0, length: 5 }],
    };
    for (let n = 0; n < 3; n += 1) scene.sandbox.people.injectUpdate({ message });
    await waitForText(anna, /present/);
    await ask(admin, '/promo_list', /SPRING|Promo|no promo/);
    expect(await balanceOf(anna)).toBe(13);
    expect(botMessages(anna).filter((one) => textOf(one).includes('present'))).toHaveLength(1);
  });

  test('for nobody is explained', async () => {
    const t = textsOf(admin);
    await ask(admin, '/gift 999999999999 5', t('gift-unknown'));
    await ask(admin, '/gift @nobody_of_this_name 5', t('gift-unknown'));
    await ask(admin, '/gift', t('gift-usage'));
  });
});

describe('a stored link', () => {
  test('carries source, promo code and package together', async () => {
    await ask(admin, '/promo_new BUNDLE credits 2', 'BUNDLE');
    const words = 'utm_source=vk utm_medium=cpc utm_campaign=весна promo=BUNDLE package=2';
    const made = await ask(admin, `/link ${words}`, 'start=l_');
    const payload = /start=(l_[0-9a-f]{16})/.exec(textOf(made))?.[1] ?? '';
    const anna = seller(scene, 'en');
    anna.sendText(`/start ${payload}`);
    const { invoice } = await anna.waitFor((message) => message.invoice !== undefined);
    expect(invoice?.total_amount).toBe(299);
    expect(await balanceOf(anna)).toBe(10);
    const sources = await ask(admin, '/sources', 'vk / весна');
    expect(textOf(sources)).toMatch(/vk \/ весна\n.*\b1\b/);
  });

  test('with a field that is not understood is not made', async () => {
    await ask(admin, '/link utm_source=vk&pakage=2', textsOf(admin)('link-usage'));
    await ask(admin, '/link', textsOf(admin)('link-usage'));
  });
});

describe('the conversions', () => {
  test('come as a table in UTF-8 with the source of each', async () => {
    const anna = seller(scene, 'en');
    await open(anna, 'google_cpc_autumn');
    const [asked] = admin.sendText('/conversions 7');
    const sent = await admin.waitFor((message) => message.document !== undefined, {
      after: asked?.message_id ?? 0,
    });
    expect(sent.document).toMatchObject({ mime_type: 'text/csv' });
    const file = await fetch(`${scene.sandbox.url}/client/files/${sent.document?.file_id}`);
    const text = Buffer.from(await file.arrayBuffer()).toString('utf8');
    expect(text).toMatch(/^\uFEFFtime,user_id,event,amount,currency,source,/);
    expect(text).toContain(`,${anna.id},start,,,google,cpc,autumn,,,\r\n`);
  });
});

describe('what only owners may do', () => {
  test('is answered to anybody else like a command that there is not', async () => {
    const anna = seller(scene, 'en');
    await open(anna);
    const opened = botMessages(anna).at(-1)?.message_id ?? 0;
    /** Words with which a command of an admin would do something. */
    const words: Partial<Record<Command, string>> = {
      promo_new: 'FREE credits 1000',
      gift: '1 1000',
      link: 'utm_source=x',
    };
    for (const name of commandsFor('owner')) anna.sendText(`/${name} ${words[name] ?? ''}`.trim());
    // A chat's updates are handled in order: what comes after them is answered after them.
    const balance = await ask(anna, '/balance', /You have/);
    const answers = botMessages(anna).filter((message) => message.message_id > opened);
    const unknown = commandsFor('owner').map(() => textsOf(anna)('unknown-message'));
    expect(answers.map((message) => message.text)).toEqual([...unknown, balance.text]);
  });
});
