import { describe, expect, test } from 'vitest';
import { parseRedisAddress } from '../../../src/redis-address.ts';

describe('the address of Redis', () => {
  test.each([
    ['redis://localhost:6379/0', { nodes: [{ host: 'localhost', port: 6379 }], database: 0, tls: false }],
    ['redis://cache', { nodes: [{ host: 'cache', port: 6379 }], user: null, password: null }],
    ['rediss://user:secret@cache:1/3', { tls: true, user: 'user', password: 'secret', database: 3 }],
    ['redis://:50%off@h', { user: null, password: '50%off' }],
    ['redis://:a@b%40c@h', { password: 'a@b@c' }],
    ['redis://:p/w@[::1]:7', { password: 'p/w', nodes: [{ host: '::1', port: 7 }] }],
    [
      'redis+cluster://a:1,b',
      {
        kind: 'cluster',
        nodes: [
          { host: 'a', port: 1 },
          { host: 'b', port: 6379 },
        ],
        master: null,
      },
    ],
    [
      'redis+sentinel://:pw@a,b:2/mymaster',
      {
        kind: 'sentinel',
        nodes: [
          { host: 'a', port: 26_379 },
          { host: 'b', port: 2 },
        ],
        master: 'mymaster',
      },
    ],
  ])('%s is read', (address, wanted) => {
    expect(parseRedisAddress(address)).toMatchObject(wanted);
  });

  test.each([
    ['http://h', 'not written like'],
    ['redis://', 'not written like'],
    ['redis://h/first', 'is a number'],
    ['redis://a,b', 'are a cluster'],
    ['redis+sentinel://a', 'name of the master'],
    ['redis+cluster://a/2', 'only the database 0'],
    ['redis://:secret-word@h:port', 'no host with a port'],
  ])('%s is refused in a sentence without its password', (address, why) => {
    expect(() => parseRedisAddress(address)).toThrow(why);
    expect(() => parseRedisAddress(address)).not.toThrow('secret-word');
  });
});
