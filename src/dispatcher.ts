/** How this process reaches addresses outside: straight, or through the proxy that is configured. */
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** Addresses of proxies for https and for http addresses; `except`: hosts that are reached without, as in NO_PROXY. */
export type OutgoingProxy = Readonly<{ https: string | null; http: string | null; except: string }>;

export type DispatcherOptions = Readonly<{
  /** Milliseconds for a connection, to a proxy or to its end. */
  connectTimeoutMs: number;
  /** Connections to one host at the same time, at most. */
  connections?: number;
  keepAliveTimeoutMs?: number;
  /** Milliseconds of silence before the head of an answer and within its body; 0: whoever calls sees to it. */
  silenceMs?: number;
}>;

/** What is on this machine is never looked for through a proxy, which would look on its own. */
const THIS_MACHINE = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Connections to any number of hosts, kept alive, one request at a time on each. Whoever makes it closes it.
 * Through a proxy every host is reached by a tunnel (CONNECT), so that a token in an https address stays unseen.
 * @param proxy null: none
 */
export function createDispatcher(proxy: OutgoingProxy | null, options: DispatcherOptions): Dispatcher {
  const { connections, keepAliveTimeoutMs, silenceMs } = options;
  const connect = { timeout: options.connectTimeoutMs };
  const settings = {
    // A slow upload must not stand in the way of a quick answer.
    pipelining: 1,
    connect,
    ...(connections === undefined ? {} : { connections }),
    ...(keepAliveTimeoutMs === undefined ? {} : { keepAliveTimeout: keepAliveTimeoutMs }),
    ...(silenceMs === undefined ? {} : { headersTimeout: silenceMs, bodyTimeout: silenceMs }),
  };
  if (proxy === null) return new Agent(settings);
  return new EnvHttpProxyAgent({
    ...settings,
    // With a proxy these stand for `connect`: to the proxy, and through it.
    proxyTls: connect,
    requestTls: connect,
    // Empty instead of absent: what is absent it would take from the environment by itself.
    httpsProxy: proxy.https ?? '',
    httpProxy: proxy.http ?? '',
    noProxy: proxy.except === '*' ? '*' : [proxy.except, ...THIS_MACHINE].join(','),
  });
}
