/** Card payments that owners give back in parts, in the chat and on the dashboard: asked once, done once, and told. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { ask, botMessages, tap, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { signInCookie } from '../support/dashboard.ts';
import { playScene } from '../support/played-scene.ts';
import { buttons, waitForButton } from '../support/seller.ts';

const scene = playScene({
  FREE_CREDITS: '0',
  IP_RATE_LIMIT: '1000',
  USER_RATE_LIMIT: '1000',
  PAYMENT_PROVIDER_TOKEN: '381764678:TEST:40209',
  PAYMENT_CURRENCY: 'RUB',
  PACKAGES: '[{"name": "Start", "credits": 12, "stars": 99, "card": 19900}]',
});
let admin: Person;
beforeAll(async () => {
  admin = scene.sandbox.people.of(ADMIN_ID);
  await ask(admin, '/start', /Hello/);
});

/** Somebody who has bought twelve credits. */
async function buyer(by: 'card' | 'stars'): Promise<Person> {
  const person = scene.sandbox.people.of({ firstName: 'Emma', languageCode: 'en' });
  await ask(person, '/start', /Hello/);
  const shop = await ask(person, '/buy', /Choose a package/);
  await tap(person, buttons(shop).find((text) => text.includes('⭐') === (by === 'stars')) ?? '');
  const invoice = await person.waitFor((message) => message.invoice !== undefined);
  await person.pay(invoice.message_id);
  await waitForText(person, /12 credits added/);
  return person;
}

const told = (person: Person, words: RegExp) =>
  botMessages(person).filter((message) => words.test(textOf(message)));

describe('in the chat', () => {
  /** What a refund of this person's payment would do. */
  async function question(person: Person) {
    const card = await ask(admin, `/user ${person.id}`, /Since/);
    await tap(admin, 'Payments');
    const list = await waitForButton(admin, /^Refund #/);
    expect(textOf(card)).toContain('Stars go back whole only; of a card payment a part as well');
    await tap(admin, buttons(list).find((text) => text.startsWith('Refund #')) ?? '');
    return waitForText(admin, /Choose why; it is kept/);
  }

  test('a part is asked for with its reason, shown with the credits that go, done once and told', async () => {
    const emma = await buyer('card');
    expect(buttons(await question(emma))).toContain('Give back a part');
    await tap(admin, 'Give back a part');
    await waitForText(admin, /How much of payment \d+ is given back/);
    for (const wrong of ['half', '200 all and more', '49.505 too fine', '49.50'])
      await ask(admin, wrong, /How much of payment \d+ is given back/);
    const confirm = await ask(admin, '49,75 Two <pictures> were cut', /Give back RUB\s49\.75/);
    expect(textOf(confirm)).toMatch(/of the RUB\s199\.00 that are left[\s\S]*Of its 12 credits 3 go with it/);
    const yes = { data: callbackOf(confirm), messageId: confirm.message_id };
    const answers = await Promise.all([tap(admin, yes), tap(admin, yes), tap(admin, yes)]);
    expect(answers.filter(({ text }) => text === 'That was done already.')).toHaveLength(2);
    await waitForText(admin, textsOf(admin)('request-done-refund-part'));
    const word = await waitForText(emma, /RUB\s49\.75 of your payment of RUB\s199\.00/);
    expect(textOf(word)).toMatch(
      /3 credits were taken with it\.[\s\S]*You have 9 credits\.[\s\S]*Two <pictures> were cut/,
    );
    expect(told(emma, /of your payment of/)).toHaveLength(1);
    // Then the rest, with one tap.
    const rest = await question(emma);
    expect(textOf(rest)).toMatch(/RUB\s49\.75 of it was given back before; this is the rest/);
    await tap(admin, buttons(rest).find((text) => text.startsWith('Mark as returned: they asked')) ?? '');
    await waitForText(
      emma,
      /The rest of your payment, RUB\s149\.25, has been given back\. You have no credits left/,
    );
  });

  test('Stars have no such key, and it says why', async () => {
    const emma = await buyer('stars');
    const asked = await question(emma);
    expect(textOf(asked)).toContain('Stars go back whole only');
    expect(buttons(asked)).not.toContain('Give back a part');
  });
});

describe('on the dashboard', () => {
  const page = (path: string, cookie: string) =>
    fetch(`${scene.app.url}/admin${path}`, { headers: { cookie }, redirect: 'manual' });
  const post = (path: string, cookie: string, fields: Record<string, string>) =>
    fetch(`${scene.app.url}/admin${path}`, {
      method: 'POST',
      headers: { cookie },
      body: new URLSearchParams(fields),
      redirect: 'manual',
    });

  test('a part is asked for on the payment’s page, confirmed once, and stands there, in the audit and in the file', async () => {
    const emma = await buyer('card');
    const cookie = await signInCookie(scene, admin);
    const token =
      /name="token" value="([0-9a-f]{64})"/.exec(await (await page('/more', cookie)).text())?.[1] ?? '';
    const list = await (await page(`/payments?who=${emma.id}`, cookie)).text();
    const id = /\/admin\/payments\/(\d+)"/.exec(list)?.[1] ?? '';
    const give = (fields: Record<string, string>) =>
      post(`/payments/${id}/refund-part`, cookie, { token, ...fields });
    for (const fields of [
      {},
      { amount: '1' },
      { words: 'why' },
      { amount: '199.01', words: 'why' },
      { amount: '0', words: 'why' },
      { amount: '-5', words: 'why' },
      { amount: '1e1', words: 'why' },
    ])
      expect((await give(fields)).status, JSON.stringify(fields)).toBe(400);
    const begun = await give({ amount: '100', words: 'Came late & cut' });
    const request = (begun.headers.get('location') ?? '').replace('/admin', '');
    const asked = await (await page(request, cookie)).text();
    expect(asked).toMatch(/Mark RUB\s100\.00 as returned to Emma\?[\s\S]*Of its 12 credits 6 go with it/);
    expect(asked).toContain('Came late &amp; cut');
    const both = await Promise.all([post(request, cookie, { token }), post(request, cookie, { token })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    await waitForText(emma, /RUB\s100\.00 of your payment of RUB\s199\.00/);
    expect(told(emma, /of your payment of/)).toHaveLength(1);
    const after = await (await page(`/payments/${id}`, cookie)).text();
    expect(after).toMatch(/RUB\s100\.00 given back[\s\S]*Left<\/dt><dd>RUB\s99\.00[\s\S]*with 6 credits/);
    expect(after).toMatch(/Mark RUB\s99\.00 as returned/);
    expect(await (await page('/audit', cookie)).text()).toMatch(
      /part of a payment given back[\s\S]*givenBack: 10000/,
    );
    expect(await (await page(`/payments.csv?who=${emma.id}`, cookie)).text()).toMatch(/199\.00,100\.00,RUB/);
    // More than is left by now is refused when it is meant to be done.
    const more = await give({ amount: '99', words: 'the rest' });
    await give({ amount: '1', words: 'a rouble' }).then(({ headers }) =>
      post((headers.get('location') ?? '').replace('/admin', ''), cookie, { token }),
    );
    const late = await post((more.headers.get('location') ?? '').replace('/admin', ''), cookie, { token });
    expect(late.status).toBe(409);
    expect(await late.text()).toContain('Only 98.00 RUB of this payment are left');
    // The whole rest in one part ends the payment.
    const last = await give({ amount: '98', words: 'the rest' });
    await post((last.headers.get('location') ?? '').replace('/admin', ''), cookie, { token });
    await waitForText(emma, /You have no credits left/);
    expect(await (await page(`/payments/${id}`, cookie)).text()).toMatch(/state [^>]*>refunded</);
  });
});

function callbackOf(message: ReturnType<typeof botMessages>[number]): string {
  const button = message.reply_markup?.inline_keyboard[0]?.[0];
  if (button === undefined || !('callback_data' in button)) throw new Error('no key with data');
  return button.callback_data;
}
