/** `npm run sandbox -- --port 4000`: the doubles and their chat alone, for any bot that can be told its `apiRoot`. */
import { parseArgs } from 'node:util';
import { type Sandbox, startSandbox } from './index.ts';
import type { Log } from './log.ts';
import { TEMPOS, type TempoName } from './openai/tempo.ts';

const USAGE = `Usage: npm run sandbox -- [options]

Starts the doubles of Telegram and OpenAI with their chat alone, for any bot that can be told its API root.

Options:
  -h, --help            say this and end
  --port <number>       where it listens on 127.0.0.1; 0 takes any free port (4000)
  --directory <folder>  keeps chats and files over restarts; without it they are forgotten
  --tempo <name>        how long pictures take: ${Object.keys(TEMPOS).join(', ')} (like-a-model)
`;
const DEFAULT_PORT = '4000';

/** Each warning and error as one JSON line on standard error; the rest is of use to whoever develops the sandbox. */
const log: Log = { debug() {}, info() {}, warn: writeLine, error: writeLine };

try {
  const options = readOptions();
  if (options === 'help') process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}

type Options = { port: number; directory?: string; tempo: TempoName };

/** @throws Error with a sentence for the developer */
function readOptions(): Options | 'help' {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: DEFAULT_PORT },
      directory: { type: 'string' },
      tempo: { type: 'string', default: 'like-a-model' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help === true) return 'help';
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is a number from 0 to 65535, not “${values.port}”.`);
  }
  const { tempo, directory } = values;
  if (!isTempo(tempo)) throw new Error(`There is no tempo “${tempo}”.`);
  return { port, tempo, ...(directory === undefined ? {} : { directory }) };
}

function isTempo(name: string): name is TempoName {
  return Object.hasOwn(TEMPOS, name);
}

async function run(options: Options): Promise<void> {
  const sandbox = await startSandbox({ ...options, log });
  const stop = async () => {
    await sandbox.stop();
    process.exit(0);
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  process.stdout.write(describe(sandbox));
}

function describe(sandbox: Sandbox): string {
  return `The sandbox is up.
  chat           ${sandbox.url}
  Bot API root   ${sandbox.telegramApiRoot}
  bot token      ${sandbox.botToken}
  OpenAI root    ${sandbox.openaiBaseUrl}
  OpenAI key     ${sandbox.openaiApiKey}
`;
}

function writeLine(fields: object, message: string): void {
  process.stderr.write(`${JSON.stringify({ ...fields, message })}\n`);
}
