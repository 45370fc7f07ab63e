/** The address of a Redis server, read once. ioredis throws at a raw `%` or `@`, which passwords have. */
import { StartRefused } from './errors.ts';

export type RedisAddress = Readonly<{
  /** A single server; a cluster, of which any node will do; or the name of a master that sentinels know. */
  kind: 'single' | 'cluster' | 'sentinel';
  nodes: readonly Readonly<{ host: string; port: number }>[];
  tls: boolean;
  user: string | null;
  password: string | null;
  /** A number; a cluster has only 0. */
  database: number;
  master: string | null;
}>;

const SHAPE =
  /^(?<scheme>rediss?)(?:\+(?<kind>cluster|sentinel))?:\/\/(?:(?<user>[^:/@]*)(?::(?<password>.*))?@)?(?<nodes>[^/@?#]+)(?:\/(?<path>[\w-]*))?$/;
const DEFAULT_PORT = { single: 6379, cluster: 6379, sentinel: 26_379 };

/**
 * `redis://user:password@host:6379/0`, `rediss://` for TLS, `redis+cluster://a:1,b:2`, `redis+sentinel://a,b/master`.
 * The last `@` ends the password, which may be written with `%` or as it is.
 * @throws StartRefused with the end of a sentence that does not show the password
 */
export function parseRedisAddress(address: string): RedisAddress {
  const parts = SHAPE.exec(address)?.groups;
  if (parts === undefined) throw refused('it is not written like redis://user:password@host:6379/0');
  const kind = parts.kind === 'cluster' || parts.kind === 'sentinel' ? parts.kind : 'single';
  const nodes = (parts.nodes ?? '').split(',').map((node) => parseNode(node, DEFAULT_PORT[kind]));
  if (kind === 'single' && nodes.length > 1)
    throw refused('several servers are a cluster (redis+cluster://) or sentinels (redis+sentinel://)');
  const path = parts.path ?? '';
  if (kind === 'sentinel' && path === '') throw refused('sentinels need the name of the master: …/mymaster');
  if (kind !== 'sentinel' && !/^\d*$/.test(path)) throw refused(`the database is a number, not “${path}”`);
  if (kind === 'cluster' && Number(path) > 0) throw refused('a cluster has only the database 0');
  return {
    kind,
    nodes,
    tls: parts.scheme === 'rediss',
    user: decoded(parts.user),
    password: decoded(parts.password),
    database: kind === 'sentinel' ? 0 : Number(path),
    master: kind === 'sentinel' ? path : null,
  };
}

function parseNode(node: string, defaultPort: number): { host: string; port: number } {
  const [, host = '', port] = /^(\[[\da-f:]+\]|[^:]+)(?::(\d{1,5}))?$/i.exec(node) ?? [];
  if (host === '') throw refused(`“${node}” is no host with a port`);
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? defaultPort : Number(port) };
}

/** Null for nothing; as it is where its percent signs encode nothing. */
function decoded(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refused(why: string): StartRefused {
  return new StartRefused(why);
}
