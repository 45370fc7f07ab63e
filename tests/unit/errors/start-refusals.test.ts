import { describe, expect, test } from 'vitest';
import { refuseFolder, refuseListening } from '../../../src/errors.ts';

const PLACE = { host: 'shop.example', hostVariable: 'HOST', port: 80, portVariable: 'PORT' };

describe('a folder that cannot be written to', () => {
  test.each([
    ['EACCES', /^Vitrine may not write to its folder \.\/data\. .+DATA_DIR.+\.$/],
    ['EPERM', /^Vitrine may not write to its folder/],
    ['EROFS', /^The folder \.\/data is on a disk that cannot be written to\. Set DATA_DIR /],
    ['ENOSPC', /^There is no room left .+DATA_DIR/],
    ['ENOTDIR', /^The folder \.\/data cannot be made.+ Set DATA_DIR /],
  ])('refuses the start for %s in a sentence that names the variable', (code, sentence) => {
    const cause = systemError(code, 'mkdir');
    expect(refuseFolder(cause, './data', 'DATA_DIR')).toMatchObject({
      message: expect.stringMatching(sentence),
      cause,
    });
  });

  test('leaves what no variable explains as it is', () => {
    for (const error of [systemError('EMFILE', 'mkdir'), new Error('out of order'), 'out of order']) {
      expect(refuseFolder(error, './data', 'DATA_DIR')).toBeNull();
    }
  });
});

describe('a server that cannot listen', () => {
  test.each([
    ['EADDRINUSE', 'listen', /^Port 80 is taken: .+ set PORT /],
    ['EACCES', 'listen', /^Port 80 is not allowed .+ Set PORT /],
    ['EADDRNOTAVAIL', 'listen', /^“shop\.example” is no address of this machine\. Set HOST /],
    ['EAFNOSUPPORT', 'listen', /^“shop\.example” is no address of this machine\. Set HOST /],
    ['ENOTFOUND', 'getaddrinfo', /^“shop\.example” is no address of this machine\. Set HOST /],
  ])('refuses the start for %s in a sentence that names the variable', (code, syscall, sentence) => {
    const cause = systemError(code, syscall);
    const refusal = refuseListening(cause, PLACE);
    expect(refusal?.message).toMatch(sentence);
    expect(refusal?.cause).toBe(cause);
  });

  test.each([
    ['a folder that may not be written to', systemError('EACCES', 'mkdir')],
    ['what no variable explains', systemError('EMFILE', 'listen')],
    ['an error of its own', new Error('out of order')],
    ['what is no error', 'out of order'],
  ])('leaves %s as it is', (_what, error) => {
    expect(refuseListening(error, PLACE)).toBeNull();
  });

  test('names no variable for an address that nobody can change', () => {
    const place = { host: '127.0.0.1', port: 3001, portVariable: 'SANDBOX_PORT' };
    expect(refuseListening(systemError('EADDRNOTAVAIL', 'listen'), place)).toBeNull();
  });
});

function systemError(code: string, syscall: string): Error {
  return Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
}
