/** `node start.mjs program`, in the same process and, where Node itself gets an option, with one of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, type TestContext, test } from 'vitest';

const STARTER = join(import.meta.dirname, '../../../start.mjs');
const PROGRAM = join(import.meta.dirname, 'program.ts');

describe.each([
  ['in the same process', []],
  ['with a process of its own', ['--no-deprecation']],
])('a program that is started %s', (_how, options) => {
  const start = (context: TestContext, ...args: string[]) =>
    startNode(context, [STARTER, ...options, PROGRAM, ...args]);

  test('sees its arguments as if it had been started directly', async (context) => {
    const { output, exit } = start(context, 'describe', '--flag', 'a b');
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(JSON.parse(output())).toEqual([process.execPath, PROGRAM, 'describe', '--flag', 'a b']);
  });

  test('has its compiled code kept in the project', async (context) => {
    const { output, exit } = start(context, 'cache');
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(output()).toContain(join('node_modules', '.cache', 'vitrine'));
  });

  test('gets what comes in, to its end', async (context) => {
    const { stdin, output, exit } = start(context, 'echo');
    stdin.end('from a pipe');
    expect(await exit).toEqual({ code: 0, signal: null });
    expect(output()).toBe('from a pipe');
  });

  test('ends with the exit code that it gives', async (context) => {
    expect(await start(context, 'exit', '7').exit).toEqual({ code: 7, signal: null });
  });

  describe.runIf(process.platform !== 'win32')('and gets a signal', () => {
    test.for(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
      'is seen to die of its own %s',
      async (signal, context) => {
        expect(await start(context, 'die', signal).exit).toEqual({ code: null, signal });
      },
    );

    test.for(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)(
      'hears %s, once, and ends in its own way',
      async (signal, context) => {
        const { says, send, output, exit } = start(context, 'listen');
        await says('ready');
        send(signal);
        expect(await exit).toEqual({ code: 3, signal: null });
        expect(output()).toBe(`ready\n${signal}\n`);
      },
    );

    test('dies of one that it does not listen to', async (context) => {
      const { says, send, exit } = start(context, 'idle');
      await says('ready');
      send('SIGTERM');
      expect(await exit).toEqual({ code: null, signal: 'SIGTERM' });
    });

    test('hears SIGTERM when the shell between npm and it has died of one', async (context) => {
      // `exit` keeps the shell from giving its place to the command, as Debian's does of itself.
      const command = ['-c', '"$0" "$@"; exit', process.execPath, STARTER, ...options, PROGRAM, 'listen'];
      const { says, send, output, closed } = startDetached(context, '/bin/sh', command, {
        npm_lifecycle_event: 'start',
      });
      await says('ready');
      send('SIGTERM');
      await closed;
      expect(output()).toBe('ready\nSIGTERM\n');
    });
  });
});

test('Vitrine itself has what malloc is told, or what its owner tells malloc, and other programs have not', async (context) => {
  const told = (program: string, environment: Record<string, string> = {}) => {
    const show = 'process.stdout.write(process.env.MALLOC_ARENA_MAX ?? "nothing"); process.exit()';
    const command = [STARTER, `--import=data:text/javascript,${encodeURIComponent(show)}`, program];
    return startDetached(context, process.execPath, command, environment);
  };
  const started = [
    told('src/main.ts'),
    told('src/main.ts', { MALLOC_ARENA_MAX: '4' }),
    told('tools/migrate.ts'),
  ];
  await Promise.all(started.map(({ closed }) => closed));
  expect(started.map(({ output }) => output())).toEqual(['2', '4', 'nothing']);
});

test('a starter that is given no program says how it is used', async (context) => {
  const { output, exit } = startNode(context, [STARTER, '--no-deprecation']);
  expect(await exit).toEqual({ code: 1, signal: null });
  expect(output()).toBe('Usage: node start.mjs [options of Node] program [arguments]\n');
});

test('a Node that cannot be started is named in a sentence', async (context) => {
  const module = join(import.meta.dirname, '../../../tools/starter/run-process.mjs');
  const code = `import { runProcess } from ${JSON.stringify(module)};
    await runProcess('/no/such/node', [], {}, console.error);`;
  const { output, exit } = startNode(context, ['--input-type=module', '--eval', code]);
  await exit;
  expect(output()).toMatch(/^Vitrine cannot start the Node at \/no\/such\/node \(.*ENOENT\): install .+\n$/);
});

function startNode(context: TestContext, args: readonly string[]) {
  return startDetached(context, process.execPath, args, {});
}

/** In a session of its own, and so without the terminal that a developer runs the tests in. */
function startDetached(
  { onTestFinished }: TestContext,
  command: string,
  args: readonly string[],
  environment: Record<string, string>,
) {
  // These tests themselves may have been started by npm and the starter.
  const { npm_lifecycle_event: _npm, MALLOC_ARENA_MAX: _starter, ...inherited } = process.env;
  const child = spawn(command, args, { env: { ...inherited, ...environment }, detached: true });
  const exit = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  // After the last output, also of those that outlive it.
  const closed = once(child, 'close');
  onTestFinished(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // The whole group has ended.
    }
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
  }
  return {
    stdin: child.stdin,
    send: (signal: NodeJS.Signals) => void child.kill(signal),
    exit: closed.then(() => exit),
    closed,
    output: () => output,
    /** Waits until its output has this in it; the limit of the test is the limit. */
    async says(text: string) {
      while (!output.includes(text)) await once(child.stdout, 'data');
    },
  };
}
