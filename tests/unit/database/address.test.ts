/** Addresses as providers hand them out, and what each means to both drivers. */
import { describe, expect, test } from 'vitest';
import { connectServer } from '../../../src/database/driver.ts';
import { pgOptions, type Server } from '../../../src/database/server.ts';
import { AddressError, parseAddress, withPassword } from '../../../src/database-address.ts';

type Meaning = {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  tls: string;
  transactionPooler?: boolean;
  options?: string;
  passedOver?: readonly string[];
};

const neon = { user: 'owner', password: 'npg_1', database: 'neondb', port: 5432 };
const supabase = { user: 'postgres.ref', password: 'word', database: 'postgres' };

const ADDRESSES: Record<string, [string, Meaning]> = {
  Neon: [
    'postgresql://owner:npg_1@ep-a-1.eu.aws.neon.tech/neondb?sslmode=require&channel_binding=require',
    { ...neon, host: 'ep-a-1.eu.aws.neon.tech', tls: 'require', passedOver: ['channel_binding'] },
  ],
  'Neon’s pooler': [
    'postgresql://owner:npg_1@ep-a-1-pooler.eu.aws.neon.tech/neondb?sslmode=verify-full&channel_binding=require&connect_timeout=15',
    {
      ...neon,
      host: 'ep-a-1-pooler.eu.aws.neon.tech',
      tls: 'verify-full',
      passedOver: ['channel_binding', 'connect_timeout (here it is DB_POOL_TIMEOUT)'],
    },
  ],
  'Neon, for clients that do not tell the host': [
    'postgres://owner:npg_1@ep-a-1.neon.tech/neondb?sslmode=require&options=endpoint%3Dep-a-1',
    { ...neon, host: 'ep-a-1.neon.tech', tls: 'require', options: 'endpoint=ep-a-1' },
  ],
  Supabase: [
    'postgresql://postgres:word@db.ref.supabase.co:5432/postgres',
    { ...supabase, user: 'postgres', host: 'db.ref.supabase.co', port: 5432, tls: 'prefer' },
  ],
  'Supabase’s pooler for Prisma': [
    'postgresql://postgres.ref:word@aws-0-eu.pooler.supabase.com:6543/postgres?pgbouncer=true&connection_limit=1',
    {
      ...supabase,
      host: 'aws-0-eu.pooler.supabase.com',
      port: 6543,
      tls: 'prefer',
      transactionPooler: true,
      passedOver: ['connection_limit (here it is DB_POOL_MAX_SIZE)'],
    },
  ],
  'Vercel with Supabase': [
    'postgres://postgres.ref:word@aws-0-eu.pooler.supabase.com:6543/postgres?sslmode=require&supa=base-pooler.x',
    {
      ...supabase,
      host: 'aws-0-eu.pooler.supabase.com',
      port: 6543,
      tls: 'require',
      passedOver: ['supa'],
    },
  ],
  'Vercel for Prisma': [
    'postgres://default:word@ep-a-pooler.vercel-storage.com/verceldb?pgbouncer=true&connect_timeout=15&sslmode=require',
    {
      user: 'default',
      password: 'word',
      database: 'verceldb',
      host: 'ep-a-pooler.vercel-storage.com',
      port: 5432,
      tls: 'require',
      transactionPooler: true,
      passedOver: ['connect_timeout (here it is DB_POOL_TIMEOUT)'],
    },
  ],
  'Prisma Postgres': [
    'postgres://0f:sk_1@db.prisma.io:5432/postgres?sslmode=require',
    {
      user: '0f',
      password: 'sk_1',
      database: 'postgres',
      host: 'db.prisma.io',
      port: 5432,
      tls: 'require',
    },
  ],
  'Prisma on the own machine': [
    'postgres://postgres:postgres@localhost:51214/template1?sslmode=disable&connection_limit=1&connect_timeout=0&max_idle_connection_lifetime=0&pool_timeout=0&single_use_connections=true&socket_timeout=0',
    {
      user: 'postgres',
      password: 'postgres',
      database: 'template1',
      host: 'localhost',
      port: 51_214,
      tls: 'disable',
      passedOver: [
        'connection_limit (here it is DB_POOL_MAX_SIZE)',
        'connect_timeout (here it is DB_POOL_TIMEOUT)',
        'max_idle_connection_lifetime',
        'pool_timeout (here it is DB_POOL_TIMEOUT)',
        'single_use_connections',
        'socket_timeout (here it is QUERY_TIMEOUT)',
      ],
    },
  ],
  'Prisma’s own parameters': [
    'postgresql://u:p@h:5432/d?schema=public&sslaccept=strict&statement_cache_size=0',
    {
      user: 'u',
      password: 'p',
      database: 'd',
      host: 'h',
      port: 5432,
      tls: 'verify-full',
      passedOver: ['statement_cache_size'],
    },
  ],
  'node-postgres': [
    'postgres://u:p@h/d?uselibpqcompat=true&sslmode=require',
    {
      user: 'u',
      password: 'p',
      database: 'd',
      host: 'h',
      port: 5432,
      tls: 'require',
      passedOver: ['uselibpqcompat'],
    },
  ],
  'a password in code, and a host of IPv6': [
    'postgres://me%40work:a%2Fb%2Bc%3D%3D%23%25@[::1]:6000/my%20shop',
    { user: 'me@work', password: 'a/b+c==#%', database: 'my shop', host: '::1', port: 6000, tls: 'prefer' },
  ],
  'a password with an @ and without code': [
    'postgres://u:p@ss:w@h/d',
    { user: 'u', password: 'p@ss:w', database: 'd', host: 'h', port: 5432, tls: 'prefer' },
  ],
  'a socket of Google Cloud': [
    'postgres://u:p@/d?host=/cloudsql/project:region:shop&sslmode=require',
    {
      user: 'u',
      password: 'p',
      database: 'd',
      host: '/cloudsql/project:region:shop',
      port: 5432,
      tls: 'disable',
    },
  ],
  'a user alone': [
    'postgres://vitrine@h',
    { user: 'vitrine', password: '', database: 'vitrine', host: 'h', port: 5432, tls: 'prefer' },
  ],
};

describe.each(Object.entries(ADDRESSES))('%s', (_who, [url, meaning]) => {
  const { transactionPooler = false, options = null, passedOver = [], tls, ...place } = meaning;
  const address = parseAddress(url);

  test('means what libpq would take it for', () => {
    expect(address).toMatchObject({ ...place, tls, transactionPooler, options, passedOver });
  });

  test('means the same to both drivers, and nothing of it is sent to the server as a setting', () => {
    const server: Server = { address, ssl: tls === 'disable' ? false : { host: address.host } };
    const { host, port, user, password, database, ssl } = pgOptions(server);
    const ours = connectServer(server, {}).options;
    expect({ host, port, user, password, database }).toEqual(place);
    expect(ours).toMatchObject({ host: [host], port: [port], user, pass: password, database, ssl });
    expect(ours.connection).toEqual({
      application_name: 'vitrine',
      ...(options === null ? {} : { options }),
    });
  });
});

const ROOT = 'sslrootcert=/ca.pem';
test.each<[string, string, string | null]>([
  ['', 'prefer', null],
  ['sslmode=disable', 'disable', null],
  ['sslmode=allow', 'prefer', null],
  ['sslmode=prefer', 'prefer', null],
  ['sslmode=require', 'require', null],
  ['sslmode=no-verify', 'require', null],
  ['sslmode=verify-full', 'verify-full', null],
  ['ssl=true', 'verify-full', null],
  ['ssl=false', 'disable', null],
  ['ssl=no-verify', 'require', null],
  [ROOT, 'verify-full', '/ca.pem'],
  [`sslmode=require&${ROOT}`, 'verify-ca', '/ca.pem'],
  [`sslmode=verify-ca&${ROOT}`, 'verify-ca', '/ca.pem'],
  [`sslmode=verify-full&${ROOT}`, 'verify-full', '/ca.pem'],
  [`sslmode=no-verify&${ROOT}`, 'require', null],
  [`sslmode=prefer&${ROOT}`, 'prefer', null],
  ['sslrootcert=system', 'verify-full', 'system'],
  ['sslmode=require&sslrootcert=system', 'verify-full', 'system'],
])('“%s” is TLS by %s with the authority %s', (query, tls, authority) => {
  expect(parseAddress(`postgres://u@h/d?${query}`)).toMatchObject({ tls, certificates: { authority } });
});

test.each<[string, RegExp]>([
  ['mysql://u:Sesame@h/d', /not a postgres:\/\/ address/],
  ['prisma+postgres://accelerate.prisma-data.net/?api_key=Sesame', /Prisma Accelerate.*direct connection/],
  ['postgres://u:Sesame#1@h/d', /password has a “#”.*write %23.*DATABASE_PASSWORD/],
  // As .env gives it, where a # begins a comment.
  ['postgres://u:Sesame', /write %23/],
  ['postgres://u:Sesame/b+c==@h/d', /password has a “\/”.*write %2F/],
  ['postgres://u:1/Sesame@h/d', /password has a “\/”/],
  ['postgres://u:Sesame?x=1@h/d', /password has a “\?”.*write %3F/],
  ['postgres://u:1?Sesame@h/d', /password has a “\?”/],
  ['postgres://u:50%Sesame@h/d', /password has a “%”.*write %25/],
  ['postgres://postgres:[YOUR-PASSWORD]@h/d', /placeholder/],
  ['postgres://u:Sesame@h:port/d', /no port/],
  ['postgres://u:Sesame@a:1,b:2/d', /several hosts/],
  ['postgres://u:Sesame@h/d?sslmod=verify-full', /does not know its parameter “sslmod”/],
  ['postgres://u:Sesame@h/d?constructor=x', /does not know its parameter “constructor”/],
  ['postgres://u:Sesame@h/d?sslmode=full', /“sslmode” is none of disable, /],
  ['postgres://u:Sesame@h/d?sslmode=verify-ca', /add sslrootcert=/],
  ['postgres://u:Sesame@h/d?sslcert=/c.pem', /“sslcert” and “sslkey” belong together/],
  ['postgres://u:Sesame@h/d?schema=shop', /always in the schema public/],
  ['postgres://u:Sesame@h/d?target_session_attrs=standby', /Vitrine writes/],
  ['postgres://u:Sesame@h/d?gssencmode=require', /use sslmode/],
])('%s is refused in words that say what to do, and without the password', (url, words) => {
  const refusal = whyRefused(url);
  expect(refusal).toMatch(words);
  expect(refusal).not.toContain('Sesame');
});

test.each(['abc#1', 'a/b+c==', '50%off', 'p@ss:w?rd', '[x]'])(
  'the password %s that is given beside the address reaches both drivers as it is',
  (password) => {
    for (const url of ['postgres://vitrine@postgres:5432/vitrine', 'postgres://vitrine:@postgres/vitrine']) {
      const address = parseAddress(withPassword(url, password));
      expect(address).toMatchObject({ user: 'vitrine', host: 'postgres', database: 'vitrine', password });
      expect(pgOptions({ address, ssl: false }).password).toBe(password);
      expect(connectServer({ address, ssl: false }, {}).options).toMatchObject({ pass: password });
    }
  },
);

test('a name for the connections is that of both drivers', () => {
  const server: Server = { address: parseAddress('postgres://u@h/d?application_name=shop'), ssl: false };
  expect(pgOptions(server)).toMatchObject({ application_name: 'shop' });
  expect(connectServer(server, { connection: { application_name: 'ours' } }).options.connection).toEqual({
    application_name: 'shop',
  });
});

test('a password in the address goes before one beside it', () => {
  expect(parseAddress(withPassword('postgres://u:own@h/d', 'other')).password).toBe('own');
});

function whyRefused(url: string): string {
  try {
    parseAddress(url);
  } catch (error) {
    if (error instanceof AddressError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
}
