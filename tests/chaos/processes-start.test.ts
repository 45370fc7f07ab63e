/** Starts that must be refused, in words that help, and what a start without a token opens to the network. */
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';
import { openProcessStage } from '../support/process-stage.ts';
import { createHome } from '../support/running-app.ts';
import { runVitrine, startVitrine } from '../support/vitrine-process.ts';

describe('a start', { concurrent: true }, () => {
  test('with a bad environment is refused with a line for every problem, and no secret in it', async (context) => {
    const { code, output } = await runVitrine({
      DATA_DIR: emptyFolder(context),
      BOT_TOKEN: 'my-very-secret-token',
      PORT: 'eighty',
      IMAGE_DEADLINE: '0',
    });
    expect(code).toBe(1);
    expect(output.trimEnd().split('\n')).toEqual([
      'Vitrine cannot start with this environment:',
      expect.stringMatching(/^ {2}- BOT_TOKEN is not right: /),
      expect.stringMatching(/^ {2}- PORT \(“eighty”\) is not right: /),
      expect.stringMatching(/^ {2}- IMAGE_DEADLINE \(“0”\) is not right: /),
    ]);
    expect(output).not.toContain('my-very-secret-token');
  });

  test('reads a .env with a byte order mark', async (context) => {
    const DATA_DIR = emptyFolder(context);
    writeFileSync(join(DATA_DIR, '.env'), '\uFEFFBOT_TOKEN=my-very-secret-token\nSANDBOX_PORT=0\n');
    const { code, output } = await runVitrine({ DATA_DIR });
    expect(code).toBe(1);
    expect(output).toContain('BOT_TOKEN is not right');
  });

  test.for([
    ['with', '\uFEFF'],
    ['without', ''],
  ])('refuses a .env in UTF-16 %s a byte order mark, in one sentence', async ([_with, mark], context) => {
    const DATA_DIR = emptyFolder(context);
    const text = `${mark}BOT_TOKEN=my-very-secret-token\nSANDBOX_PORT=0\n`;
    writeFileSync(join(DATA_DIR, '.env'), text, 'utf16le');
    expect(await runVitrine({ DATA_DIR })).toMatchObject({
      code: 1,
      output: 'The file .env is written in UTF-16: save it as UTF-8, and Vitrine can read it.\n',
    });
  });

  test('refuses a .env that is a folder, in one sentence', async (context) => {
    const DATA_DIR = emptyFolder(context);
    mkdirSync(join(DATA_DIR, '.env'));
    const { code, output } = await runVitrine({ DATA_DIR, SANDBOX_PORT: '0' });
    expect(code).toBe(1);
    expect(output).toMatch(/^Where the file \.env should be there is a folder.+\.\n$/);
  });

  test('whose folder cannot be made is refused in one sentence that names DATA_DIR', async (context) => {
    const home = emptyFolder(context);
    writeFileSync(join(home, 'file'), '');
    const environment = { DATA_DIR: join(home, 'file', 'data'), SANDBOX_PORT: '0' };
    const { code, output } = await runVitrine(environment, home);
    expect(code).toBe(1);
    expect(output).toMatch(/^The folder .+ cannot be made, .+ Set DATA_DIR to another folder\.\n$/m);
    expect(output).not.toMatch(/^ +at |ENOTDIR/m);
  });

  test('in production without a token is refused: there is no sandbox there', async (context) => {
    const { code, output } = await runVitrine({
      DATA_DIR: emptyFolder(context),
      NODE_ENV: 'production',
      SANDBOX_PORT: '0',
    });
    expect(code).toBe(1);
    expect(output).toContain('BOT_TOKEN is missing');
    expect(output).not.toMatch(/Open the chat|^ +at /m);
  });

  test('whose database cannot be reached ends with an error in the log, and no secret in it', async (context) => {
    const { code, output } = await runVitrine({
      DATA_DIR: emptyFolder(context),
      BOT_TOKEN: '1:token-that-is-long-enough-to-look-like-one',
      OPENAI_API_KEY: 'sk-nothing-that-opens-anything',
      DATABASE_URL: 'postgres://vitrine:my-password@127.0.0.1:1/shop',
    });
    expect(code).toBe(1);
    expect(linesOf(output)).toEqual([
      expect.objectContaining({ msg: 'Vitrine is starting' }),
      expect.objectContaining({ msg: 'Vitrine cannot go on', level: 60 }),
    ]);
    expect(output).toContain('ECONNREFUSED');
    expect(output).not.toMatch(/my-password|token-that-is-long/);
  });

  test('says that it is starting before it opens anything', async (context) => {
    const stage = await openProcessStage(context);
    const vitrine = await stage.start();
    expect(linesOf(vitrine.output())[0]).toMatchObject({ msg: 'Vitrine is starting', level: 30 });
  });

  test.for(['PORT', 'SANDBOX_PORT'])(
    'on a taken port is refused in one sentence that names %s',
    async (variable, context) => {
      const taken = await occupyPort(context);
      const home = await createHome();
      context.onTestFinished(() => home.remove());
      const { code, output } = await runVitrine({
        ...home.environment,
        SANDBOX_PORT: '0',
        [variable]: String(taken),
      });
      expect(code).toBe(1);
      expect(output).toContain(
        `\nPort ${taken} is taken: something else listens there. Stop it, or set ${variable} to another port, 0 for any.\n`,
      );
      expect(output).not.toMatch(/^ +at |EADDRINUSE/m);
    },
  );

  test('on an address of another machine is refused in one sentence that names HOST', async (context) => {
    const home = await createHome();
    context.onTestFinished(() => home.remove());
    // Of a block that is for documentation (RFC 5737).
    const { code, output } = await runVitrine({
      ...home.environment,
      SANDBOX_PORT: '0',
      HOST: '192.0.2.1',
    });
    expect(code).toBe(1);
    expect(output).toMatch(/^“192\.0\.2\.1” is no address of this machine\. Set HOST to .+\.$/m);
    expect(output).not.toMatch(/^ +at |EADDRNOTAVAIL/m);
  });

  test('without a token opens the sandbox to this machine alone', async (context) => {
    const home = await createHome();
    context.onTestFinished(() => home.remove());
    const vitrine = await startVitrine({ ...home.environment, SANDBOX_PORT: '0' });
    context.onTestFinished(() => vitrine.kill());
    const chat = /Open the chat: {2}(\S+)/.exec(await vitrine.says('Open the chat'))?.[1] ?? '';
    expect((await fetch(chat)).status).toBe(200);
    const { port } = new URL(chat);
    for (const address of otherAddresses()) expect(await answers(address, Number(port))).toBe(false);
  });
});

function emptyFolder({ onTestFinished }: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-start-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What the log says, line by line. */
function linesOf(output: string): { msg: string; level: number }[] {
  return output
    .trimEnd()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

/** A port of this machine on which another program listens. */
async function occupyPort({ onTestFinished }: TestContext): Promise<number> {
  const server = createServer().listen({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

/** Every address of this machine but the one that the sandbox may listen on; 127.0.0.2 stands for “all of them”. */
function otherAddresses(): string[] {
  const external = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const routable = external.filter(({ internal, family }) => !internal && family === 'IPv4');
  return ['127.0.0.2', ...routable.map(({ address }) => address)];
}

async function answers(host: string, port: number): Promise<boolean> {
  const socket = connect({ host, port });
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
