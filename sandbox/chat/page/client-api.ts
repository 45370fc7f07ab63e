import type { FaultRules } from '../../faults.ts';
import type {
  ChatEvent,
  ChatSnapshot,
  Invoice,
  InvoiceKey,
  OutgoingFiles,
  PaymentOutcome,
  Persona,
  ReactionType,
} from './wire.ts';

export type ClientApi = ReturnType<typeof createClientApi>;

type StreamListener = {
  /** The stream stands (again): what happened before this moment must be fetched. */
  opened(): void;
  happened(event: ChatEvent): void;
  lost(): void;
};

const FIRST_RECONNECT_MS = 1000;
const LAST_RECONNECT_MS = 10_000;

/** The sandbox as a messenger's servers see it: everything the page asks of the server is here. */
export function createClientApi() {
  return {
    personas: () => getJson<Persona[]>('/client/personas'),
    chat: (id: number) => getJson<ChatSnapshot>(`/client/chats/${id}`),
    faults: () => getJson<FaultRules>('/client/faults'),
    setFaults: (faults: FaultRules) => sendJson('PUT', '/client/faults', faults),
    sendText: (id: number, text: string, replyTo: number | undefined) =>
      sendJson('POST', `/client/chats/${id}/messages`, {
        text,
        ...(replyTo === undefined ? {} : { reply_to_message_id: replyTo }),
      }),
    sendFiles,
    tap: (id: number, messageId: number, data: string) =>
      sendJson('POST', `/client/chats/${id}/taps`, { message_id: messageId, data }),
    invoice: (link: string) => getJson<Invoice>(`/client/invoices?link=${encodeURIComponent(link)}`),
    pay: (id: number, which: InvoiceKey) =>
      exchangeJson<PaymentOutcome>('POST', `/client/chats/${id}/payments`, which),
    block: (id: number) => sendJson('POST', `/client/chats/${id}/block`, {}),
    unblock: (id: number) => sendJson('POST', `/client/chats/${id}/unblock`, {}),
    clear: (id: number) => sendJson('POST', `/client/chats/${id}/clear`, {}),
    listen,
  };
}

/** Where a file of the sandbox's Telegram is fetched from. */
export function fileAddress(fileId: string): string {
  return `/client/files/${encodeURIComponent(fileId)}`;
}

async function sendFiles(id: number, outgoing: OutgoingFiles): Promise<void> {
  const form = new FormData();
  form.append('as', outgoing.as);
  if (outgoing.caption !== '') form.append('caption', outgoing.caption);
  for (const file of outgoing.files) form.append('files', file, file.name);
  await request(`/client/chats/${id}/messages`, { method: 'POST', body: form });
}

async function getJson<T>(path: string): Promise<T> {
  return jsonOf<T>(await request(path, {}));
}

async function sendJson(method: 'POST' | 'PUT', path: string, body: unknown): Promise<void> {
  await request(path, jsonRequest(method, body));
}

async function exchangeJson<T>(method: 'POST', path: string, body: unknown): Promise<T> {
  return jsonOf<T>(await request(path, jsonRequest(method, body)));
}

function jsonRequest(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function jsonOf<T>(response: Response): Promise<T> {
  // The other end is this repository's own client API, whose shapes wire.ts repeats; nothing else answers here.
  return (await response.json()) as T;
}

/** The sandbox understood and said no, as a messenger would: the message is its sentence. */
export class Refused extends Error {
  override readonly name = 'Refused';
  /** For the refusals that the page says in its own words. */
  readonly reason: string | undefined;

  constructor({ error, reason }: { error: string; reason?: string }) {
    super(error);
    this.reason = reason;
  }
}

async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init);
  if (response.ok) return response;
  if (response.status === 409) throw new Refused(await jsonOf<{ error: string; reason?: string }>(response));
  throw new Error(`${path} answered ${response.status}`);
}

/**
 * Follows one chat until the returned function is called. EventSource mends a cut connection by itself, but gives
 * up for good on an answer that is no stream (the sandbox restarts behind a proxy, say), so that is mended here.
 */
function listen(id: number, listener: StreamListener): () => void {
  let source: EventSource | undefined;
  let timer: number | undefined;
  let pause = FIRST_RECONNECT_MS;

  function connect(): void {
    const stream = new EventSource(`/client/chats/${id}/events`);
    source = stream;
    stream.onopen = () => {
      pause = FIRST_RECONNECT_MS;
      listener.opened();
    };
    stream.onerror = () => {
      listener.lost();
      if (stream.readyState !== EventSource.CLOSED) return;
      timer = window.setTimeout(connect, pause);
      pause = Math.min(pause * 2, LAST_RECONNECT_MS);
    };
    for (const [name, read] of Object.entries(EVENT_READERS)) {
      stream.addEventListener(name, (event) => listener.happened(read(JSON.parse(event.data))));
    }
  }

  connect();
  return () => {
    window.clearTimeout(timer);
    source?.close();
  };
}

// JSON.parse gives `any`; each reader names the shape that its event has by the contract of the client API.
const EVENT_READERS = {
  message: (message: Extract<ChatEvent, { kind: 'message' }>['message']): ChatEvent => ({
    kind: 'message',
    message,
  }),
  deleted: (data: { message_id: number }): ChatEvent => ({ kind: 'deleted', messageId: data.message_id }),
  action: (data: { action: string }): ChatEvent => ({ kind: 'action', action: data.action }),
  'callback-answer': (data: { text?: string; show_alert?: boolean }): ChatEvent => ({
    kind: 'callback-answer',
    text: data.text ?? '',
    alert: data.show_alert ?? false,
  }),
  commands: (commands: ChatSnapshot['commands']): ChatEvent => ({ kind: 'commands', commands }),
  reaction: (data: { message_id: number; reaction: ReactionType[] }): ChatEvent => ({
    kind: 'reaction',
    messageId: data.message_id,
    reactions: data.reaction,
  }),
};
