// The dashboard within Telegram. Its frame keeps no cookie, so whoever opened it is known by what Telegram wrote into the
// address; that is exchanged for a bearer, which lives in this page's memory alone. Pages are fetched with it and shown
// in place of this one.
import { bringEmoji } from './emoji.js';
import { guardForms } from './forms.js';
import { keepLive } from './live.js';

const ROOT = '/admin';

/** @type {string} */
let bearer = '';
/** Ends what the page on show has begun. */
let leaving = new AbortController();
/** Pictures of the page on show. @type {string[]} */
const pictures = [];

bringEmoji();
void open();

async function open() {
  const initData = new URLSearchParams(location.hash.slice(1)).get('tgWebAppData') ?? '';
  // It counts once, and nobody should find it in the history.
  history.replaceState(null, '', location.pathname);
  try {
    const response = await fetch(`${ROOT}/app`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ initData }),
    });
    if (!response.ok) return refuse();
    bearer = (await response.json()).bearer;
    listen();
    history.replaceState({ address: await go(ROOT) }, '');
  } catch {
    refuse();
  }
}

function refuse() {
  document.getElementById('opening')?.setAttribute('hidden', '');
  document.getElementById('closed')?.removeAttribute('hidden');
}

/**
 * @param {string} url
 * @param {RequestInit} [init]
 */
function ask(url, init = {}) {
  return fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${bearer}` } });
}

/**
 * Goes to an address of the dashboard. A form is sent as one; what is no page is saved. Where the network fails, the
 * page stays as it is, and the press can be repeated.
 * @param {string} url
 * @param {RequestInit} [init]
 */
async function press(url, init) {
  try {
    const shown = await go(url, init);
    if (shown !== null) history.pushState({ address: shown }, '');
  } catch {
    for (const button of document.querySelectorAll('button:disabled')) button.removeAttribute('disabled');
  }
}

/**
 * @param {string} url
 * @param {RequestInit} [init]
 * @returns the address of the page that is shown now; null for a file, which changes no page
 */
async function go(url, init) {
  const response = await ask(url, init);
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('text/html')) {
    await save(response);
    return null;
  }
  show(await response.text(), new URL(url, location.href).hash);
  return response.url;
}

/**
 * @param {string} markup of a page of ours; its scripts do not run
 * @param {string} place
 */
function show(markup, place) {
  leaving.abort();
  leaving = new AbortController();
  for (const address of pictures.splice(0)) URL.revokeObjectURL(address);
  const page = new DOMParser().parseFromString(markup, 'text/html');
  document.title = page.title;
  document.documentElement.lang = page.documentElement.lang;
  // Before they are in the document, where they would be asked for without the bearer.
  const images = [...page.querySelectorAll('img')];
  for (const image of images) {
    image.dataset.address = image.getAttribute('src') ?? '';
    image.removeAttribute('src');
  }
  document.body.replaceChildren(...page.body.childNodes);
  const target = place === '' ? null : document.getElementById(place.slice(1));
  if (target === null) scrollTo(0, 0);
  else target.scrollIntoView();
  document.getElementById('main')?.focus({ preventScroll: true });
  keepLive(document, ask, leaving.signal);
  for (const image of images) void load(image, leaving.signal);
}

/**
 * @param {HTMLImageElement} image
 * @param {AbortSignal} signal
 */
async function load(image, signal) {
  try {
    const response = await ask(image.dataset.address ?? '', { signal });
    if (!response.ok) return;
    const address = URL.createObjectURL(await response.blob());
    pictures.push(address);
    image.src = address;
  } catch {
    // The page is left, or the picture is not to be had: its words stay.
  }
}

/** @param {Response} response */
async function save(response) {
  const [, name = 'file'] =
    /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '') ?? [];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function listen() {
  guardForms(document);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null || link.download !== '' || !isOurs(link.href)) return;
    const isHere = link.getAttribute('href')?.startsWith('#') === true;
    if (isHere) return;
    event.preventDefault();
    void press(link.href);
  });
  addEventListener('popstate', (event) => {
    const address = event.state?.address;
    if (typeof address === 'string') void go(address).catch(() => {});
  });
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !isOurs(form.action)) return;
    event.preventDefault();
    const words = new URLSearchParams();
    for (const [name, value] of new FormData(form, event.submitter)) {
      if (typeof value === 'string') words.append(name, value);
    }
    if (form.method === 'post') void press(form.action, { method: 'POST', body: words });
    else void press(`${form.action.split('?')[0]}?${words}`);
  });
}

/** @param {string} address */
function isOurs(address) {
  const { origin, pathname } = new URL(address, location.href);
  return origin === location.origin && (pathname === ROOT || pathname.startsWith(`${ROOT}/`));
}
