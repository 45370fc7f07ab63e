/** The dashboard over HTTP: who comes in and by what, what each may see and do, and that it is done once. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ADMIN_ID, type Person } from '../../sandbox/index.ts';
import { sampleProductPhoto } from '../../sandbox/sample-product.ts';
import { ROUTES } from '../../src/dashboard/routes.ts';
import { may } from '../../src/owners/rights.ts';
import { ask, botMessages, sendProduct, textOf, textsOf, waitForText } from '../support/conversation.ts';
import { signedInitData, signInLink } from '../support/dashboard.ts';
import { playScene } from '../support/played-scene.ts';
import { startScene } from '../support/running-app.ts';
import { waitForButton } from '../support/seller.ts';

const mug = await sampleProductPhoto('mug');
const bottle = await sampleProductPhoto('bottle');

const PUBLIC = 'https://shop.example';

const scene = playScene({ DASHBOARD_URL: PUBLIC, IP_RATE_LIMIT: '1000' });
let admin: Person;
beforeAll(() => {
  admin = scene.sandbox.people.of(ADMIN_ID);
});

type Shown = { cookie?: string; authorization?: string };

function get(path: string, shown: Shown = {}): Promise<Response> {
  return fetch(`${scene.app.url}/admin${path}`, { headers: { ...shown }, redirect: 'manual' });
}

function post(path: string, fields: Record<string, string>, shown: Shown = {}): Promise<Response> {
  const body = new URLSearchParams(fields);
  return fetch(`${scene.app.url}/admin${path}`, {
    method: 'POST',
    body,
    headers: { ...shown },
    redirect: 'manual',
  });
}

const openApp = (initData: string) =>
  fetch(`${scene.app.url}/admin/app`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ initData }),
  });

/** What the link that the bot sent carries. */
async function linkSecret(person: Person = admin): Promise<string> {
  const link = new URL(await signInLink(scene, person));
  return link.pathname.split('/').at(-1) ?? '';
}

async function signIn(person: Person = admin): Promise<Required<Pick<Shown, 'cookie'>>> {
  const response = await post('/sign-in', { secret: await linkSecret(person) });
  const [cookie = ''] = (response.headers.getSetCookie()[0] ?? '').split(';');
  return { cookie };
}

/** What this visitor's forms carry. */
async function tokenOf(shown: Shown): Promise<string> {
  const page = await (await get('/more', shown)).text();
  return /name="token" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? '';
}

async function newcomer(firstName = 'Emma'): Promise<Person> {
  const person = scene.sandbox.people.of({ firstName, languageCode: 'en' });
  await ask(person, '/start', /Hello/);
  return person;
}

describe('the link that the bot sends', () => {
  test('leads to the public address, is not spent by who looks at it, and opens the dashboard once', async () => {
    const link = await signInLink(scene);
    expect(link.startsWith(`${PUBLIC}/admin/sign-in/`)).toBe(true);
    const secret = link.split('/').at(-1) ?? '';
    for (const method of ['GET', 'HEAD', 'GET']) {
      const looked = await fetch(`${scene.app.url}/admin/sign-in/${secret}`, { method });
      expect([looked.status, looked.headers.getSetCookie()]).toEqual([200, []]);
    }
    const opened = await post('/sign-in', { secret });
    expect([opened.status, opened.headers.get('location')]).toEqual([303, '/admin']);
    const [cookie = ''] = opened.headers.getSetCookie();
    expect(cookie).toMatch(
      /^vitrine_session=[\w-]{43}; Path=\/admin; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect((await get('', { cookie: cookie.split(';')[0] ?? '' })).status).toBe(200);

    const again = await post('/sign-in', { secret });
    expect([again.status, again.headers.getSetCookie()]).toEqual([410, []]);
    expect((await get(`/sign-in/${secret}`)).status).toBe(410);
    expect((await post('/sign-in', {})).status).toBe(410);
  });

  test('stands in the owners’ menu as well, and is sent to nobody else', async () => {
    await ask(admin, '/admin', /For owners/);
    admin.tap('Dashboard');
    await waitForButton(admin, 'Open the dashboard');
    const emma = await newcomer();
    await ask(emma, '/dashboard', textsOf(emma)('unknown-message'));
    expect(botMessages(emma).some((message) => JSON.stringify(message).includes('/sign-in/'))).toBe(false);
  });
});

describe('a session', () => {
  test('is asked for by every page and every form, and a made-up one is none', async () => {
    const forged = { cookie: `vitrine_session=${'A'.repeat(43)}` };
    for (const { method, path } of ROUTES) {
      const url = path.replace(/:\w+/g, '1');
      const ask = method === 'GET' ? get : (where: string, shown?: Shown) => post(where, {}, shown);
      for (const shown of [{}, forged, { authorization: `Bearer ${'A'.repeat(43)}` }]) {
        expect((await ask(url, shown)).status, `${method} ${url}`).toBe(401);
      }
    }
    expect((await get('/nothing')).status).toBe(401);
  });

  test('ends by its own word, and all of a person’s by one', async () => {
    const [first, second] = [await signIn(), await signIn()];
    const out = await post('/sign-out', { token: await tokenOf(first) }, first);
    expect(out.headers.getSetCookie()[0]).toMatch(
      /^vitrine_session=; Max-Age=0; Path=\/admin; Expires=Thu, 01 Jan 1970/,
    );
    expect((await get('', first)).status).toBe(401);
    expect((await get('', second)).status).toBe(200);
    const third = await signIn();
    await post('/sign-out-everywhere', { token: await tokenOf(third) }, third);
    for (const shown of [second, third]) expect((await get('', shown)).status).toBe(401);
  });

  test('does nothing without the token of its own forms', async () => {
    const emma = await newcomer();
    const [mine, other] = [await signIn(), await signIn()];
    const gift = { credits: '5', words: 'because' };
    for (const token of ['', 'x', await tokenOf(other)]) {
      expect((await post(`/people/${emma.id}/gift`, { ...gift, token }, mine)).status).toBe(403);
    }
    expect((await post(`/people/${emma.id}/gift`, gift, mine)).status).toBe(403);
    const meant = await post(`/people/${emma.id}/gift`, { ...gift, token: await tokenOf(mine) }, mine);
    expect(meant.headers.get('location')).toMatch(/^\/admin\/requests\/\d+$/);
  });
});

describe('the Mini App', () => {
  test('exchanges what Telegram has signed for a bearer, once', async () => {
    const initData = signedInitData(scene, ADMIN_ID);
    const opened = await openApp(initData);
    expect([opened.status, opened.headers.getSetCookie()]).toEqual([200, []]);
    const { bearer } = (await opened.json()) as { bearer: string };
    expect((await get('', { authorization: `Bearer ${bearer}` })).status).toBe(200);
    expect((await openApp(initData)).status).toBe(401);
  });

  test('opens for nobody else: no seller, no forged, old or foreign data', async () => {
    const emma = await newcomer();
    const hourAgo = new Date(Date.now() - 3_700_000);
    for (const data of [
      signedInitData(scene, emma.id),
      signedInitData(scene, ADMIN_ID, { at: hourAgo }),
      signedInitData(scene, ADMIN_ID, { token: '123456:another-bot' }),
      signedInitData(scene, emma.id).replace(String(emma.id), String(ADMIN_ID)),
      '',
    ])
      expect((await openApp(data)).status).toBe(401);
    expect((await post('/app', { initData: '' })).status).toBe(401);
  });

  test('is the only page that Telegram’s web clients may frame', async () => {
    const app = await get('/app');
    expect(app.headers.get('content-security-policy')).toMatch(
      /frame-ancestors https:\/\/web\.telegram\.org /,
    );
    expect(app.headers.get('x-frame-options')).toBeNull();
    for (const page of [
      await get(''),
      await get('', await signIn()),
      await get(`/sign-in/${await linkSecret()}`),
    ]) {
      expect(page.headers.get('content-security-policy')).toMatch(/frame-ancestors 'none'$/);
      expect(page.headers.get('x-frame-options')).toBe('DENY');
    }
  });
});

describe('a page', () => {
  test('allows no script, style or form but its own, and is kept by nobody', async () => {
    const page = await get('', await signIn());
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('no-referrer');
    const markup = await page.text();
    expect(markup).not.toMatch(/<script(?![^>]* src=)|<style| style=| on\w+=/);
    const files = [...markup.matchAll(/(?:src|href)="(\/admin\/assets\/[^"]+)"/g)].map(
      ([, path = '']) => path,
    );
    expect(files.length).toBeGreaterThan(2);
    for (const path of files) {
      const file = await fetch(`${scene.app.url}${path}`);
      expect([path, file.status, file.headers.get('cache-control')]).toEqual([
        path,
        200,
        expect.stringMatching(/immutable/),
      ]);
    }
    expect((await get('/assets/x/..%2fregister.ts')).status).toBe(404);
  });

  test('shows a name with markup as it was written', async () => {
    const name = `<img src=x onerror="alert(1)">`;
    const person = await newcomer(name);
    const shown = await signIn();
    for (const path of ['/people', `/people/${person.id}`]) {
      const page = await (await get(path, shown)).text();
      expect(page).not.toContain('<img src=x');
      expect(page).toContain('&lt;img src=x onerror=&quot;alert(1)&quot;&gt;');
    }
  });

  test('finds a person by id and @name, and says when there is none', async () => {
    const emma = await newcomer();
    const shown = await signIn();
    expect((await get(`/find?who=${emma.id}`, shown)).headers.get('location')).toBe(
      `/admin/people/${emma.id}`,
    );
    expect(await (await get('/find?who=@nobody', shown)).text()).toContain('I know nobody by this');
    expect((await get('/people/999', shown)).status).toBe(404);
    expect((await get('/people/x', shown)).status).toBe(404);
  });

  test('takes a period, an order and a state by name alone, and gives the same list as CSV', async () => {
    const shown = await signIn();
    for (const words of [
      'period=7',
      'from=2026-01-01&to=2026-12-31',
      'sort=oldest',
      'sort=id;drop',
      'state=x',
      'page=0',
      'period=never',
    ]) {
      for (const path of ['/payments', '/orders', '/people', '/tickets', '/pictures', '/audit', '/sources'])
        expect((await get(`${path}?${words}`, shown)).status, `${path}?${words}`).toBe(200);
    }
    await newcomer('=cmd()');
    const csv = await get('/people.csv', shown);
    expect(csv.headers.get('content-disposition')).toMatch(
      /^attachment; filename="people-\d{4}-\d\d-\d\d\.csv"$/,
    );
    expect(await csv.text()).toMatch(/^Person,Id,[\s\S]*'=cmd\(\),/);
  });
});

describe('the overview', () => {
  test('draws the figures of any period, with their words for who does not see them', async () => {
    const emma = await newcomer();
    await ask(emma, '/support', /What can we do for you/);
    await ask(emma, 'It is late', /is with us/);
    const shown = await signIn();
    for (const words of ['period=today', 'period=all', 'from=2026-01-01&to=2026-12-31', 'from=2020-01-01']) {
      const page = await get(`?${words}`, shown);
      expect([words, page.status]).toEqual([words, 200]);
      const markup = await page.text();
      expect(markup).toMatch(/<svg [^>]*role="img"[^>]*><title>New people<\/title><desc>[^<]+<\/desc>/);
      expect(markup).not.toMatch(/ style=/);
    }
    const today = await (await get('?period=today', shown)).text();
    expect(today).toMatch(/New tickets<\/dt><dd>[1-9]/);
  });

  test('gives the courses of its charts as a file, a row for each day', async () => {
    const shown = await signIn();
    expect(await (await get('?period=30', shown)).text()).toContain('href="/admin/overview.csv?period=30"');
    const file = await get('/overview.csv?period=30', shown);
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const [head = '', ...rows] = (await file.text()).trim().split('\r\n');
    expect(head).toMatch(
      /^\uFEFF?Day,(Money in, [A-Z]+,|"Money in, [A-Z]+",)*Delivered pictures,New people$/,
    );
    expect(rows.length).toBeGreaterThanOrEqual(7);
    for (const row of rows) expect(row).toMatch(/^\d{4}-\d\d-\d\d(,\d+(\.\d+)?)+$/);
  });

  test('has its charts in the colours that the page’s style sheet gives them', async () => {
    const markup = await (await get('', await signIn())).text();
    const [sheet = ''] = /\/admin\/assets\/\w+\/charts\.css/.exec(markup) ?? [];
    const response = await fetch(`${scene.app.url}${sheet}`);
    expect(response.headers.get('content-type')).toMatch(/^text\/css/);
    const given = new Set((await response.text()).match(/--chart-\w+/g));
    const asked = new Set([...markup.matchAll(/var\((--chart-\w+)/g)].map(([, name]) => name));
    expect(asked.size).toBeGreaterThan(4);
    expect([...asked].filter((name) => name !== undefined && !given.has(name))).toEqual([]);
  });

  test('leads to who comes back, by the week, as a table and as a file', async () => {
    const shown = await signIn();
    const page = await (await get('/cohorts', shown)).text();
    expect(page).toMatch(/Week[\s\S]*New[\s\S]*7 weeks later/);
    const csv = await (await get('/cohorts.csv', shown)).text();
    expect(csv.split('\r\n')[0]).toMatch(/Week,New,[^,]*\+1,/);
    expect(csv.split('\r\n').filter((line) => /^\d{4}-\d\d-\d\d,/.test(line))).toHaveLength(8);
  });
});

describe('support', () => {
  test('sees tickets and one person, answers, and is refused everything else as if it were not there', async () => {
    const [helper, emma] = [await newcomer(), await newcomer()];
    await ask(admin, `/support_add ${helper.id}`, /Who helps/);
    await waitForText(helper, /You help with tickets now/);
    await ask(emma, '/support', /What can we do for you/);
    await ask(emma, 'It is late', /is with us/);
    const shown = await signIn(helper);
    const token = await tokenOf(shown);
    expect((await get('', shown)).headers.get('location')).toBe('/admin/tickets');
    for (const { method, path, right } of ROUTES) {
      if (may('support', right) || path === '') continue;
      const url = path.replace(/:\w+/g, '1');
      const answer = method === 'GET' ? await get(url, shown) : await post(url, { token }, shown);
      expect(answer.status, `${method} ${url}`).toBe(404);
    }
    const card = await (await get(`/people/${emma.id}`, shown)).text();
    expect(card).not.toMatch(/\/gift"|\/ban"|\/payments\?/);

    const list = await (await get(`/tickets?who=${emma.id}`, shown)).text();
    const ticket = /\/admin\/tickets\/(\d+)"/.exec(list)?.[1] ?? '';
    const page = await (await get(`/tickets/${ticket}`, shown)).text();
    const key = /name="key" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const answer = { token, key, body: 'It is <coming>' };
    const sent = await Promise.all([
      post(`/tickets/${ticket}/answer`, answer, shown),
      post(`/tickets/${ticket}/answer`, answer, shown),
    ]);
    expect(sent.map(({ status }) => status)).toEqual([303, 303]);
    await post(`/tickets/${ticket}/answer`, answer, shown);
    await waitForText(emma, /It is <coming>/);
    expect(botMessages(emma).filter((message) => /It is <coming>/.test(textOf(message)))).toHaveLength(1);

    await ask(admin, `/support_remove ${helper.id}`, /Who helps/);
    expect((await get('/tickets', shown)).status).toBe(401);
  });
});

describe('an act', () => {
  test('of an owner is done once for two presses, told to the person and written down', async () => {
    const emma = await newcomer();
    const shown = await signIn();
    const token = await tokenOf(shown);
    const fields = { token, credits: '3', direction: 'up', words: 'Two <pictures> were cut' };
    const begun = await post(`/people/${emma.id}/correct`, fields, shown);
    const request = begun.headers.get('location')?.replace('/admin', '') ?? '';
    expect(await (await get(request, shown)).text()).toMatch(/They have 8 now and 11 then/);
    const done = await Promise.all([post(request, { token }, shown), post(request, { token }, shown)]);
    expect(done.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    expect((await post(request, { token }, shown)).status).toBe(409);
    await waitForText(emma, /were corrected: \+3\. Two <pictures> were cut/);
    expect(botMessages(emma).filter((message) => /were corrected/.test(textOf(message)))).toHaveLength(1);
    const audit = await (await get(`/audit?who=${emma.id}`, shown)).text();
    expect(audit.match(/credits corrected/g)).toHaveLength(1);
    expect(audit).toContain('credits: 11');
    expect(audit).toContain('Two &lt;pictures&gt; were cut');
  });

  test('is not begun without its words or its number, and takes no more than there is', async () => {
    const emma = await newcomer();
    const shown = await signIn();
    const token = await tokenOf(shown);
    const begin = (act: string, fields: Record<string, string>) =>
      post(`/people/${emma.id}/${act}`, { token, ...fields }, shown);
    for (const fields of [
      { words: 'why' },
      { credits: '5', words: ' ' },
      { credits: '-5', words: 'why' },
      { credits: '10001', words: 'why' },
    ])
      expect((await begin('gift', fields)).status).toBe(400);
    expect((await begin('correct', { credits: '5', words: 'why' })).status).toBe(400);
    expect((await begin('message', { words: 'x'.repeat(501) })).status).toBe(400);
    const taken = await begin('correct', { credits: '9', direction: 'down', words: 'given twice' });
    const request = taken.headers.get('location')?.replace('/admin', '') ?? '';
    expect(await (await get(request, shown)).text()).toMatch(/I take no more than there is/);
    expect((await post(request, { token }, shown)).status).toBe(409);
  });

  test('refunds a payment in Stars once, and asks why', async () => {
    const emma = await newcomer();
    emma.sendText('/buy');
    await waitForButton(emma, /12 credits · 99 ⭐/);
    emma.tap(/^12 credits/);
    const invoice = await emma.waitFor((message) => message.invoice !== undefined);
    await emma.pay(invoice.message_id);
    await waitForText(emma, /12 credits added/);
    const shown = await signIn();
    const token = await tokenOf(shown);
    const list = await (await get(`/payments?who=${emma.id}`, shown)).text();
    const payment = /\/admin\/payments\/(\d+)"/.exec(list)?.[1] ?? '';
    const refund = (fields: Record<string, string>) =>
      post(`/payments/${payment}/refund`, { token, ...fields }, shown);
    expect((await refund({})).status).toBe(400);
    const both = await Promise.all([refund({ reason: 'goodwill' }), refund({ reason: 'goodwill' })]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([303, 409]);
    await waitForText(emma, /99 ⭐/);
    expect(await (await get(`/payments/${payment}`, shown)).text()).toContain('refunded');
    expect(await (await get(`/audit?who=${emma.id}`, shown)).text()).toContain('goodwill');
  });

  test('makes a promo code, and leaves one that is there', async () => {
    const shown = await signIn();
    const token = await tokenOf(shown);
    const code = {
      token,
      code: 'autumn',
      kind: 'percent',
      value: '20',
      usesPerUser: '1',
      uses: '',
      days: '30',
    };
    const make = (fields: Record<string, string> = {}) =>
      post('/prices/codes', { ...code, ...fields }, shown);
    expect((await make()).headers.get('location')).toBe('/admin/prices?done=promo-created');
    expect((await make({ value: '30' })).headers.get('location')).toBe('/admin/prices?done=promo-exists');
    for (const fields of [{ value: '91' }, { kind: 'x' }, { code: 'ab' }, { days: '0' }])
      expect((await make(fields)).status).toBe(400);
    expect(await (await get('/prices', shown)).text()).toMatch(/AUTUMN[\s\S]*20 % off/);
  });

  test('writes a broadcast, tries it, begins it once, and shows it arrive', async () => {
    const shown = await signIn();
    const token = await tokenOf(shown);
    const [emma, marina] = [
      await newcomer(),
      scene.sandbox.people.of({ firstName: 'Marina', languageCode: 'ru' }),
    ];
    await ask(marina, '/start', /./);
    const pageOf = async (where: string) => (await get(where, shown)).text();

    const path =
      (await post('/broadcasts', { token }, shown)).headers.get('location')?.slice('/admin'.length) ?? '';
    expect(await pageOf(path)).not.toContain(`${path}/start`);
    const write = (fields: Record<string, string>) =>
      post(`${path}/write`, { token, segment: 'all', ...fields }, shown);
    for (const fields of [{ segment: 'some' }, { segment: 'language:xx' }, { 'text-en': 'x'.repeat(4097) }])
      expect((await write(fields)).status).toBe(400);
    await write({ 'text-en': 'Old', 'text-ru': 'Старое' });
    await write({ 'text-en': ' A <linen> style\r\nof today ', 'text-ru': '' });
    const preview = await pageOf(path);
    expect(preview).toContain('A &lt;linen&gt; style\nof today</blockquote>');
    expect(preview).not.toContain('Старое');

    expect((await post(`${path}/test`, { token }, shown)).headers.get('location')).toContain(
      'broadcast-tried',
    );
    await waitForText(admin, /^A <linen> style\nof today$/);
    expect(botMessages(emma).some((message) => /linen/.test(textOf(message)))).toBe(false);

    expect((await post(`${path}/start`, { token: 'f'.repeat(64) }, shown)).status).toBe(403);
    const presses = await Promise.all([1, 2].map(() => post(`${path}/start`, { token }, shown)));
    expect(presses.map(({ status }) => status)).toEqual([303, 303]);
    await waitForText(emma, /^A <linen> style\nof today$/);
    await waitForText(marina, /^A <linen> style\nof today$/);
    expect((await write({ 'text-en': 'Too late' })).status).toBe(409);
    await expect.poll(() => pageOf(path), { timeout: 30_000 }).toMatch(/data-figure="state">sent</);
    const copies = botMessages(emma).filter((message) => /linen/.test(textOf(message)));
    expect(copies).toHaveLength(1);
    expect(await pageOf('/broadcasts.csv')).toMatch(/,done,all,/);
    expect((await get(`${path}/events`, {})).status).toBe(401);
  });

  test('arranges the house’s styles, and sellers see them so', async () => {
    const emma = await newcomer();
    const t = textsOf(emma);
    const shown = await signIn();
    const token = await tokenOf(shown);
    const arrange = (key: string, fields: Record<string, string>) =>
      post(`/styles/${key}`, { token, ...fields }, shown);
    expect((await arrange('neon', { place: '0' })).headers.get('location')).toBe(
      '/admin/styles?done=styles-arranged',
    );
    await arrange('white', { offer: 'off' });
    for (const [key, fields] of [
      ['none', { place: '0' }],
      ['neon', { place: '16' }],
      ['neon', { place: '1', offer: 'on' }],
      ['neon', {}],
    ] as const)
      expect((await arrange(key, fields)).status).toBe(400);
    const page = await (await get('/styles', shown)).text();
    expect(page.indexOf(t('style-neon'))).toBeLessThan(page.indexOf(t('style-marble')));
    expect(await (await get('/styles.csv', shown)).text()).toMatch(/\r\n[^\r]*Neon[^\r]*,on,/);
    const sheet = await get('/styles/sheet.jpg', shown);
    expect([sheet.status, sheet.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const list = textOf(await ask(emma, '/styles', t('style-marble')));
    expect(list).not.toContain(t('style-white'));
    expect(list.indexOf(t('style-neon'))).toBeLessThan(list.indexOf(t('style-marble')));
    await arrange('white', { offer: 'on' });
  });

  test('holds up a broadcast and shuts a person out, as in the chat', async () => {
    const emma = await newcomer();
    const shown = await signIn();
    const token = await tokenOf(shown);
    const begun = await post(`/people/${emma.id}/ban`, { token, words: 'Stolen cards' }, shown);
    await post(begun.headers.get('location')?.replace('/admin', '') ?? '', { token }, shown);
    await waitForText(emma, /no longer take orders from you: “Stolen cards”/);
    await post(`/people/${emma.id}/unban`, { token }, shown);
    await waitForText(emma, /welcome again/);

    await ask(admin, '/broadcast', /not sent/);
    const list = await (await get('/broadcasts', shown)).text();
    const id = /\/admin\/broadcasts\/(\d+)"/.exec(list)?.[1] ?? '';
    await post(`/broadcasts/${id}/cancel`, { token }, shown);
    expect(await (await get(`/broadcasts/${id}`, shown)).text()).toContain('cancelled');
  });
});

test('the page of sales channels says by which rules files are made, and what is a guess', async () => {
  const page = await (await get('/channels', await signIn())).text();
  expect(page).toMatch(/Yandex Market<\/th>.*?1200 × 1600, 900 × 1200.*?pixels: a guess/s);
  expect(page).toMatch(/Amazon main<\/th>.*?pure white ground.*?pixels: official.*?read on \d{4}-\d\d-\d\d/s);
});

describe('the page of limits', () => {
  test('shows what is in force, whence and until when, and changes it with an end and a reason', async () => {
    const shown = await signIn();
    const token = await tokenOf(shown);
    const set = (name: string, fields: Record<string, string>) =>
      post(`/limits/${name}`, { token, ...fields }, shown);
    const page = async () => (await get('/limits', shown)).text();
    expect(await page()).toMatch(/messages of one person<\/span> <small>[\d,]+ in [^<]+ · as configured/);
    const words = { words: 'A flood of <bots>' };
    for (const fields of [
      { most: '3', time: '2', unit: 'hours' },
      { most: '0', time: '2', unit: 'hours', ...words },
      { most: '3', time: '', unit: 'hours', ...words },
      { most: '3', time: '31', unit: 'days', ...words },
      { most: '3', time: '1', unit: 'years', ...words },
      { most: '1000001', time: '1', unit: 'days', ...words },
      {},
    ])
      expect((await set('messages', fields)).status, JSON.stringify(fields)).toBe(400);
    const fields = { most: '333', time: '2', unit: 'hours', ...words };
    expect((await set('nothing', fields)).status).toBe(400);
    const changed = await set('messages', fields);
    expect(changed.headers.get('location')).toBe('/admin/limits?done=limit-set');
    const [summary = ''] = /messages of one person<\/span>.*?<\/summary>/s.exec(await page()) ?? [];
    expect(summary).toMatch(
      /<small>333 in .+ · until <time datetime="[^"]+">[^<]+<\/time>, then [\d,]+ again · set by [^<]+ · A flood of &lt;bots&gt;<\/small>/,
    );
    const until = Date.parse(/datetime="([^"]+)"/.exec(summary)?.[1] ?? '');
    expect(Math.abs(until - Date.now() - 2 * 3_600_000)).toBeLessThan(120_000);
    // What is set here is what the chat shows.
    expect(textOf(await ask(admin, '/limits', /Limits/))).toMatch(/messages of one person: 333 in/);
    expect(textOf(await ask(admin, '/limits messages 444 30 calmer now', /444 in/))).toBeDefined();
    expect(await page()).toMatch(/444 in [^<]+ · until .+ · calmer now/);
    expect((await post('/limits/messages/usual', { token }, shown)).status).toBe(303);
    expect(await page()).not.toMatch(/· until/);
    expect((await post('/limits/nothing/usual', { token }, shown)).status).toBe(400);
    const audit = await (await get('/audit', shown)).text();
    expect(audit).toContain('A flood of &lt;bots&gt;');
    expect(audit).toContain('messages: 333');
  });
});

describe('the page of alerts', () => {
  test('says what stands in words, leads there from the overview, and shows the figures of the process', async () => {
    const shown = await signIn();
    expect(await (await get('/alerts', shown)).text()).toContain('No alert stands');
    expect(await (await get('', shown)).text()).not.toContain('/admin/alerts"><strong>');
    scene.sandbox.faults.add('openai', { match: 'responses', kind: 'quota' });
    await sendProduct(await newcomer(), mug);
    await waitForText(admin, /Products are not recognised/);
    const page = await (await get('/alerts', shown)).text();
    expect(page).toMatch(
      /<p>⚠️ Products are not recognised\. [^<]+<\/p><p>🗨 [^<]+You exceeded your current quota/,
    );
    expect(page).toMatch(/This process[\s\S]*Caches[\s\S]*recognition[\s\S]*thumbnails/);
    expect(await (await get('', shown)).text()).toMatch(
      /href="\/admin\/alerts"><strong>1<\/strong> alert stands/,
    );
    scene.sandbox.faults.clear();
    await sendProduct(await newcomer(), bottle);
    await waitForText(admin, /Products are recognised again/);
    expect(await (await get('/alerts', shown)).text()).toContain('No alert stands');
  });

  test('changes one limit for one owner, says who did, and refuses what is no limit', async () => {
    const shown = await signIn();
    const token = await tokenOf(shown);
    const set = (rule: string, fields: Record<string, string>) =>
      post(`/alerts/thresholds/${rule}`, { token, ...fields }, shown);
    for (const fields of [
      { warning: '95', critical: '80' },
      { warning: '', critical: '80' },
      { warning: 'x', critical: '' },
      { warning: '-1', critical: '' },
      { warning: '50', critical: 'never' },
      {},
    ])
      expect((await set('memory', fields)).status, JSON.stringify(fields)).toBe(400);
    expect((await set('nothing', { warning: '1', critical: '2' })).status).toBe(400);
    const changed = await set('memory', { warning: '61,5', critical: '' });
    expect(changed.headers.get('location')).toBe('/admin/alerts?done=thresholds-set');
    expect(await (await get('/alerts', shown)).text()).toMatch(/warning from 61\.5 %</);
    const audit = await (await get('/audit', shown)).text();
    expect(audit).toContain('memory.warning: 61.5');
    expect(audit).not.toContain('disk.warning');
  });
});

describe('live figures', () => {
  test('come as events for as long as somebody looks, and hold up no stop', async () => {
    const shown = await signIn();
    const response = await get('/health/events', shown);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let time = 0; time < 2; time += 1) {
      const { value = '' } = (await reader?.read()) ?? {};
      expect(JSON.parse(value.slice('data: '.length))).toMatchObject({ queued: '0', generating: '0' });
    }
    await reader?.cancel();
    expect(await (await get('/health', shown)).text()).toMatch(/data-live="\/admin\/health\/events"/);
  });
});

test('a stop ends what is being watched', async () => {
  const other = await startScene({ IP_RATE_LIMIT: '1000' });
  const secret = (await signInLink(other)).split('/').at(-1) ?? '';
  const signedIn = await fetch(`${other.app.url}/admin/sign-in`, {
    method: 'POST',
    body: new URLSearchParams({ secret }),
    redirect: 'manual',
  });
  const [cookie = ''] = (signedIn.headers.getSetCookie()[0] ?? '').split(';');
  // By plain http on this machine.
  expect(signedIn.headers.getSetCookie()[0]).not.toMatch(/Secure/);
  const watching = await fetch(`${other.app.url}/admin/health/events`, { headers: { cookie } });
  await other.stop();
  await expect(watching.text()).resolves.toMatch(/^data: /);
});
