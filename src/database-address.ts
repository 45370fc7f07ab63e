/**
 * The address of a PostgreSQL server, read once for both drivers. Each of them reads an address in a way of its own:
 * the same sslmode checks a certificate in one and not in the other, and one sends to the server, as settings that
 * it does not have, what Neon, Supabase, Vercel and Prisma write for other clients. Here everything has the meaning
 * that libpq gives it: https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-PARAMKEYWORDS.
 */
import { userInfo } from 'node:os';
import { StartRefused } from './errors.ts';

/**
 * What a connection is encrypted with: nothing; TLS where the server has it; TLS whoever the server is; only a server
 * whose certificate the authority has signed; only one whose certificate is for this host as well.
 */
export type TlsMode = 'disable' | 'prefer' | 'require' | 'verify-ca' | 'verify-full';

export type ServerAddress = Readonly<{
  /** A name, an IP address, or the folder of a Unix socket. */
  host: string;
  port: number;
  user: string;
  /** Empty where the address has none. */
  password: string;
  database: string;
  tls: TlsMode;
  /** Paths of files; `authority` may be `system` for what the operating system trusts. */
  certificates: Readonly<{
    authority: string | null;
    own: Readonly<{ certificate: string; key: string; passphrase: string | null }> | null;
  }>;
  /** It says itself that a pooler in transaction mode is there. */
  transactionPooler: boolean;
  applicationName: string | null;
  /** Settings for the server, which some providers route by (`endpoint=…`). */
  options: string | null;
  /** What was for other clients and is not needed here, each with what is said instead. */
  passedOver: readonly string[];
}>;

/** Why an address cannot be used: the end of a sentence, without the password. */
export class AddressError extends StartRefused {
  override readonly name = 'AddressError';
}

/** Parameters that say something here. */
const KNOWN = [
  'sslmode',
  'ssl',
  'sslaccept',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'sslpassword',
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'application_name',
  'options',
  'pgbouncer',
  'schema',
  'target_session_attrs',
  'gssencmode',
] as const;

/**
 * Parameters of other clients, with what says it here where something does. They are passed over, and the start
 * tells which. A parameter that is in no list is refused, as libpq does: a slip in `sslmode` must not leave a
 * connection open to everybody.
 */
const FOREIGN: ReadonlyMap<string, string | null> = new Map(
  Object.entries({
    // Neon; postgres.js cannot bind a login to its channel. sslmode=verify-full keeps strangers out as well.
    channel_binding: null,
    // Prisma.
    connection_limit: 'DB_POOL_MAX_SIZE',
    pool_timeout: 'DB_POOL_TIMEOUT',
    connect_timeout: 'DB_POOL_TIMEOUT',
    socket_timeout: 'QUERY_TIMEOUT',
    max_connection_lifetime: 'DB_POOL_RECYCLE',
    max_idle_connection_lifetime: null,
    single_use_connections: null,
    statement_cache_size: null,
    sslidentity: null,
    // Supabase and Vercel.
    supa: null,
    workaround: null,
    // node-postgres: as libpq has it, which is how everything is read here.
    uselibpqcompat: null,
    // Other drivers' ways to say how a pooler is to be spoken to; that is found out at the start.
    prepare: null,
    prepared_statements: null,
    prepareThreshold: null,
    preparethreshold: null,
    default_query_exec_mode: null,
    // libpq and others.
    sslnegotiation: null,
    sslsni: null,
    sslcompression: null,
    keepalives: null,
    keepalives_idle: null,
    keepalives_interval: null,
    keepalives_count: null,
    tcp_user_timeout: null,
    fallback_application_name: null,
    client_encoding: null,
    load_balance_hosts: null,
    statement_timeout: 'QUERY_TIMEOUT',
    idle_in_transaction_session_timeout: 'QUERY_TIMEOUT',
    pool_size: 'DB_POOL_MAX_SIZE',
    pool_max: 'DB_POOL_MAX_SIZE',
  }),
);

const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'no-verify', 'verify-ca', 'verify-full'] as const;

/** scheme://user:password@host:port/database?parameters; the last @ before the first of / ? # ends the password. */
const SHAPE =
  /^postgres(?:ql)?:\/\/(?:(?<user>[^:/?#@]*)(?::(?<password>[^/?#]*))?@)?(?<place>[^/?#@]*)(?:\/(?<database>[^?#@]*))?(?:\?(?<query>[^#]*))?$/;

/**
 * What an address means.
 * @param url such as `postgres://user:password@host:5432/database?sslmode=require`
 * @throws AddressError
 */
export function parseAddress(url: string): ServerAddress {
  const parts = SHAPE.exec(url)?.groups;
  // An @ that stands only behind the question mark ends a password with a ? in it.
  if (parts === undefined || (parts.user === undefined && parts.query?.includes('@'))) {
    throw new AddressError(whyMisshapen(url));
  }
  const parameters = new Map(new URLSearchParams(parts.query));
  const passedOver = sortParameters(parameters);
  refuseWhatCannotBe(parameters);
  const { host, port } = placeOf(parts.place ?? '', parameters);
  const user = parameters.get('user') ?? (decode(parts.user ?? '', 'user name') || userInfo().username);
  const { tls, authority, unused } = tlsOf(parameters, host);
  return {
    host,
    port,
    user,
    password: parameters.get('password') ?? passwordOf(parts.password ?? ''),
    database: parameters.get('dbname') ?? (decode(parts.database ?? '', 'name of the database') || user),
    tls,
    certificates: { authority, own: ownCertificateOf(parameters) },
    transactionPooler: parameters.get('pgbouncer') === 'true',
    applicationName: parameters.get('application_name') || null,
    options: parameters.get('options') || null,
    passedOver: [...passedOver, ...unused],
  };
}

/** The address with this password, where it has none of its own. @param url one that parseAddress takes */
export function withPassword(url: string, password: string | undefined): string {
  if (password === undefined || parseAddress(url).password !== '') return url;
  return url.replace(/^([^:]+:\/\/)(?:([^:/?#@]*):?@)?/, (_, scheme, user: string | undefined) => {
    const name = user ?? encodeURIComponent(userInfo().username);
    return `${scheme}${name}:${encodeURIComponent(password)}@`;
  });
}

/** The sentence's end for an address that has not the shape of one. It quotes nothing: any part may be the password. */
function whyMisshapen(url: string): string {
  if (/^prisma(?:\+postgres(?:ql)?)?:/.test(url)) {
    return 'it leads to Prisma Accelerate, which only Prisma’s own client can use; take the direct connection string, which begins with postgres://';
  }
  const rest = /^postgres(?:ql)?:\/\/(.*)$/s.exec(url)?.[1];
  if (rest === undefined) return 'it is not a postgres:// address';
  const login = rest.slice(0, rest.lastIndexOf('@'));
  const broken = /[/?#]/.exec(login.slice(login.indexOf(':') + 1))?.[0];
  if (rest.includes('@') && login.includes(':') && broken !== undefined) return mustBeEncoded(broken);
  return `it has not the form of one; ${CUT_SHORT}`;
}

const CUT_SHORT =
  'where its password has a “#”, write %23 for that, because a # ends an address as well as a line of .env';

const mustBeEncoded = (character: string) =>
  `its password has a “${character}”, which means something else in an address: write %${character
    .charCodeAt(0)
    .toString(16)
    .toUpperCase()} for it, or leave the password out and set DATABASE_PASSWORD to it as it is`;

function passwordOf(text: string): string {
  if (/^\[.*\]$/.test(text)) {
    throw new AddressError(
      'in place of the password it still has the provider’s placeholder in brackets: put the password there',
    );
  }
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AddressError(mustBeEncoded('%'));
  }
}

function decode(text: string, what: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new AddressError(`its ${what} has a “%” that begins no code: write %25 for it`);
  }
}

/** What is passed over; everything else must be known. */
function sortParameters(parameters: ReadonlyMap<string, string>): string[] {
  const passedOver: string[] = [];
  for (const name of parameters.keys()) {
    if (KNOWN.some((known) => known === name)) continue;
    const instead = FOREIGN.get(name);
    if (instead === undefined) {
      throw new AddressError(`Vitrine does not know its parameter “${name}”: correct it, or leave it out`);
    }
    passedOver.push(instead === null ? name : `${name} (here it is ${instead})`);
  }
  return passedOver;
}

function refuseWhatCannotBe(parameters: ReadonlyMap<string, string>): void {
  const schema = parameters.get('schema') ?? 'public';
  if (schema !== 'public') {
    throw new AddressError(
      'it has the parameter “schema”, and the tables are always in the schema public: leave it out, and give Vitrine a database of its own',
    );
  }
  const session = parameters.get('target_session_attrs') ?? 'any';
  if (!['any', 'read-write', 'primary'].includes(session)) {
    throw new AddressError(
      'its “target_session_attrs” asks for a server that only reads, and Vitrine writes',
    );
  }
  if (parameters.get('gssencmode') === 'require') {
    throw new AddressError('it has “gssencmode=require”, which Vitrine does not have: use sslmode instead');
  }
}

function placeOf(text: string, parameters: ReadonlyMap<string, string>): { host: string; port: number } {
  const place = parameters.get('host') ?? text;
  if (place.includes(',')) {
    throw new AddressError('it names several hosts: name the one that is written to, or what leads to it');
  }
  const inUrl = /^(?<host>\[[^\]]*\]|[^:]*)(?::(?<port>.*))?$/.exec(text)?.groups;
  const port = parameters.get('port') || inUrl?.port || '5432';
  // Not shown: where the address is cut short, it is the password.
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535) {
    throw new AddressError(`what follows the colon after its host is no port; ${CUT_SHORT}`);
  }
  const host = decode(parameters.get('host') ?? inUrl?.host ?? '', 'host').replace(/^\[(.*)\]$/, '$1');
  return { host: host || 'localhost', port: Number(port) };
}

function tlsOf(
  parameters: ReadonlyMap<string, string>,
  host: string,
): { tls: TlsMode; authority: string | null; unused: readonly string[] } {
  const authority = parameters.get('sslrootcert') || null;
  const unused = authority === null ? [] : ['sslrootcert (this sslmode asks for no certificate)'];
  const unchecked = (tls: TlsMode) => ({ tls, authority: null, unused });
  const checked = (tls: TlsMode) => ({ tls, authority, unused: [] });
  if (host.startsWith('/')) return unchecked('disable');
  const mode = sslModeOf(parameters);
  switch (mode) {
    // Whoever names an authority wants to be sure of the server.
    case null:
      return authority === null ? unchecked('prefer') : checked('verify-full');
    case 'disable':
      return unchecked('disable');
    case 'allow':
    case 'prefer':
      return unchecked('prefer');
    case 'no-verify':
      return unchecked('require');
    // libpq: with an authority, require is verify-ca; `system` goes with verify-full alone.
    case 'require':
      if (authority === null) return unchecked('require');
      return checked(authority === 'system' ? 'verify-full' : 'verify-ca');
    case 'verify-ca':
      if (authority === null) {
        throw new AddressError(
          'its “sslmode=verify-ca” needs the authority: add sslrootcert=/path/of/its.pem, or use verify-full for a certificate that every browser would trust',
        );
      }
      return checked(authority === 'system' ? 'verify-full' : 'verify-ca');
    case 'verify-full':
      return checked('verify-full');
    default: {
      const never: never = mode;
      return never;
    }
  }
}

/** As libpq spells it, or as JDBC, node-postgres (`ssl`) and Prisma (`sslaccept`) do; null where nothing is said. */
function sslModeOf(parameters: ReadonlyMap<string, string>): (typeof SSL_MODES)[number] | null {
  const ssl = parameters.get('ssl');
  const asked =
    parameters.get('sslmode') ??
    (ssl === 'true' || ssl === '1' ? 'verify-full' : ssl === 'false' || ssl === '0' ? 'disable' : ssl);
  const mode = SSL_MODES.find((known) => known === asked);
  if (asked !== undefined && mode === undefined) {
    throw new AddressError(`its “sslmode” is none of ${SSL_MODES.join(', ')}`);
  }
  const strict = parameters.get('sslaccept') === 'strict' && mode !== 'disable';
  return strict ? 'verify-full' : (mode ?? null);
}

function ownCertificateOf(parameters: ReadonlyMap<string, string>): ServerAddress['certificates']['own'] {
  const [certificate, key] = [parameters.get('sslcert'), parameters.get('sslkey')];
  if (!certificate && !key) return null;
  if (!certificate || !key) {
    throw new AddressError(
      'its “sslcert” and “sslkey” belong together: give both, or neither; the authority’s certificate is “sslrootcert”',
    );
  }
  return { certificate, key, passphrase: parameters.get('sslpassword') ?? null };
}
