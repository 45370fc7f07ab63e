/**
 * What all command lines have in common: `--help` and `--version` are answered, what is not known is refused, and
 * a fault that a person can mend is a sentence instead of a stack.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { StartRefused } from './errors.ts';

export type CommandLine = Readonly<{
  /** As a person types it: `npm run demo -- [photo] [folder]`. */
  usage: string;
  /** What it does, and what its exit codes mean. */
  about: string;
  /** How many operands it takes at most; none unless told. */
  operands?: number;
}>;

/** Ends a command that was called in a wrong way; the message is shown with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;
const OPTIONS_HELP = `Options:
  -h, --help     say this and end
  --version      say the version and end
`;

/**
 * Runs a command on this process's arguments and sets the exit code: what `run` answers, 0 for nothing, 1 when it
 * was refused (StartRefused), 2 when it was called in a wrong way.
 * @param run gets the operands
 * @throws whatever else `run` throws
 */
export async function runCommand(
  command: CommandLine,
  // biome-ignore lint/suspicious/noConfusingVoidType: a command without an answer needs no return.
  run: (operands: readonly string[]) => Promise<number | void>,
): Promise<void> {
  try {
    const { help, version, operands } = readArguments(command);
    if (help) process.stdout.write(`Usage: ${command.usage}\n\n${command.about}\n\n${OPTIONS_HELP}`);
    else if (version) process.stdout.write(`Vitrine ${readVersion()}, Node ${process.versions.node}\n`);
    else process.exitCode = (await run(operands)) ?? 0;
  } catch (error) {
    if (error instanceof UsageError) {
      process.stderr.write(`${error.message}\nUsage: ${command.usage}\n`);
      process.exitCode = 2;
    } else if (error instanceof StartRefused) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    } else {
      throw error;
    }
  }
}

function readArguments({ operands: most = 0 }: CommandLine) {
  const { values, positionals: operands } = parse();
  const surplus = operands[most];
  if (surplus !== undefined) throw new UsageError(`There is one argument too many: “${surplus}”.`);
  return { ...values, operands };
}

function parse() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (error) {
    // Such as “Unknown option '--foo'”; only parseArgs itself throws here.
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Vitrine's own version, as package.json says it. */
export function readVersion(): string {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')).version;
}
