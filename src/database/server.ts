/** A PostgreSQL server as both drivers are told of it, so that one address means one thing to them. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect, isIP } from 'node:net';
import { type ConnectionOptions, getCACertificates } from 'node:tls';
import { parseAddress, type ServerAddress } from '../database-address.ts';
import { StartRefused } from '../errors.ts';

/** Where a server is, and with what the connections to it are encrypted; false: with nothing. */
export type Server = Readonly<{ address: ServerAddress; ssl: Readonly<ConnectionOptions> | false }>;

/** SSLRequest: its length, and the code that stands where a version would (“Message Formats” of PostgreSQL). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);
const HAS_TLS = 'S'.charCodeAt(0);

/** A server that has not answered by then is away. */
const ANSWER_LIMIT_MS = 30_000;

/**
 * Settles what the address leaves open: whether the server has TLS, which one of the drivers cannot find out for
 * itself, and what is in the files of certificates.
 * @throws AddressError; StartRefused for a file that cannot be read and for a server without the TLS that is asked
 * for; the socket's error when the server cannot be reached
 */
export async function findServer(url: string): Promise<Server> {
  const address = parseAddress(url);
  if (address.tls === 'disable') return { address, ssl: false };
  if (await hasTls(address)) return { address, ssl: await tlsOptions(address) };
  if (address.tls === 'prefer') return { address, ssl: false };
  throw new StartRefused(
    `The server at ${address.host} takes no encrypted connections, and sslmode in the address asks for them. Turn TLS on there, or use sslmode=disable where nobody else can listen.`,
  );
}

/** For postgres.js. */
export function postgresJsOptions({ address, ssl }: Server) {
  const { host, port, user, password, database } = address;
  return {
    // As lists, which its types leave out: it takes a single name apart at its colons, which IPv6 has.
    host: [host] as unknown as string,
    port: [port] as unknown as number,
    ...(host.startsWith('/') ? { path: `${host}/.s.PGSQL.${port}` } : {}),
    user,
    password,
    database,
    ssl: ssl === false ? ssl : { ...ssl },
  };
}

/** For pg, which pg-boss brings. It changes the options of TLS that it gets, so they are its own. */
export function pgOptions({ address, ssl }: Server) {
  const { host, port, user, password, database, options, applicationName } = address;
  return {
    host,
    port,
    user,
    password,
    database,
    ssl: ssl === false ? ssl : { ...ssl },
    ...(options === null ? {} : { options }),
    ...(applicationName === null ? {} : { application_name: applicationName }),
  };
}

/** Asks the server, and hangs up. */
async function hasTls({ host, port }: ServerAddress): Promise<boolean> {
  const socket = connect({ host, port });
  const fail = (code: string, message: string) => () =>
    socket.destroy(Object.assign(new Error(message), { code }));
  socket.setTimeout(ANSWER_LIMIT_MS, fail('CONNECT_TIMEOUT', 'the database does not answer'));
  socket.once('end', fail('CONNECTION_CLOSED', 'the database ended the connection'));
  try {
    await once(socket, 'connect');
    socket.write(SSL_REQUEST);
    const [answer]: Buffer[] = await once(socket, 'data');
    return answer?.[0] === HAS_TLS;
  } finally {
    socket.destroy();
  }
}

async function tlsOptions({ host, tls, certificates }: ServerAddress): Promise<ConnectionOptions> {
  const { authority, own } = certificates;
  return {
    // Against which the certificate is checked: one of the drivers would ask it for “localhost” instead of an IP.
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ...(authority === null ? {} : { ca: await authorities(authority) }),
    ...(tls === 'require' || tls === 'prefer' ? { rejectUnauthorized: false } : {}),
    ...(tls === 'verify-ca' ? { checkServerIdentity: () => undefined } : {}),
    ...(own === null
      ? {}
      : {
          cert: await readCertificate('sslcert', own.certificate),
          key: await readCertificate('sslkey', own.key),
          ...(own.passphrase === null ? {} : { passphrase: own.passphrase }),
        }),
  };
}

async function authorities(named: string): Promise<string | string[]> {
  // A container often has none of its own, and then those that Node brings are what the system trusts.
  if (named === 'system') return [...getCACertificates('system'), ...getCACertificates('default')];
  return readCertificate('sslrootcert', named);
}

async function readCertificate(parameter: string, path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new StartRefused(
      `The address of the database names ${path} as its ${parameter}, and that file cannot be read. Correct the path, or give Vitrine the right to read it.`,
      { cause: error },
    );
  }
}
