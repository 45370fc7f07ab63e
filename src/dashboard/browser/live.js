// Figures that change while one looks at them: `data-live="<address>"` on an element names where they come from,
// `data-figure="<name>"` within it where each of them stands.

/** After a connection that broke. */
const RETRY_MS = 5_000;

/**
 * Keeps the live figures below `root` fresh until `signal` ends.
 * @param {ParentNode} root
 * @param {(url: string, init: RequestInit) => Promise<Response>} ask `fetch`, with whatever signs the request in
 * @param {AbortSignal} signal
 */
export function keepLive(root, ask, signal) {
  for (const place of root.querySelectorAll('[data-live]')) {
    if (place instanceof HTMLElement) void follow(place, ask, signal);
  }
}

/**
 * @param {HTMLElement} place
 * @param {(url: string, init: RequestInit) => Promise<Response>} ask
 * @param {AbortSignal} signal
 */
async function follow(place, ask, signal) {
  while (!signal.aborted) {
    try {
      const response = await ask(place.dataset.live ?? '', { signal });
      if (!response.ok || response.body === null) return;
      for await (const figures of events(response.body)) show(place, figures);
    } catch {
      // The connection broke, or the page is left.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/**
 * The data of server-sent events: by `fetch`, because an EventSource can show no bearer.
 * @param {ReadableStream<Uint8Array<ArrayBuffer>>} body
 */
async function* events(body) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const parts = (text + value).split('\n\n');
    text = parts.pop() ?? '';
    for (const part of parts) {
      if (part.startsWith('data: ')) yield JSON.parse(part.slice('data: '.length));
    }
  }
}

/**
 * @param {HTMLElement} place
 * @param {Record<string, string>} figures
 */
function show(place, figures) {
  for (const [name, text] of Object.entries(figures)) {
    const figure = place.querySelector(`[data-figure="${CSS.escape(name)}"]`);
    if (figure !== null && figure.textContent !== text) figure.textContent = text;
  }
}
