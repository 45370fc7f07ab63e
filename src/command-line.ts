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
  /** What it knows beside `--help` and `--version`. */
  options?: Readonly<Record<string, CommandOption>>;
}>;

/** `string` takes a value: `--days 90`. */
export type CommandOption = Readonly<{ type: 'string' | 'boolean'; about: string }>;
export type CommandOptions = Readonly<Record<string, string | boolean | undefined>>;

/** Ends a command that was called in a wrong way; the message is shown with the usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const OPTIONS = { help: { type: 'boolean', short: 'h' }, version: { type: 'boolean' } } as const;

function optionsHelp({ options = {} }: CommandLine): string {
  const own = Object.entries(options).map(([name, { about }]) => `  ${`--${name}`.padEnd(14)} ${about}\n`);
  return `Options:
  -h, --help     say this and end
  --version      say the version and end
${own.join('')}`;
}

/**
 * Runs a command on this process's arguments and sets the exit code: what `run` answers, 0 for nothing, 1 when it
 * was refused (StartRefused), 2 when it was called in a wrong way.
 * @param run gets the operands, and the options that were given
 * @throws whatever else `run` throws
 */
export async function runCommand(
  command: CommandLine,
  // biome-ignore lint/suspicious/noConfusingVoidType: a command without an answer needs no return.
  run: (operands: readonly string[], options: CommandOptions) => Promise<number | void>,
): Promise<void> {
  try {
    const { help, version, operands, options } = readArguments(command);
    if (help) process.stdout.write(`Usage: ${command.usage}\n\n${command.about}\n\n${optionsHelp(command)}`);
    else if (version) process.stdout.write(`Vitrine ${readVersion()}, Node ${process.versions.node}\n`);
    else process.exitCode = (await run(operands, options)) ?? 0;
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

function readArguments({ operands: most = 0, options: own = {} }: CommandLine) {
  const { values, positionals: operands } = parse(own);
  const surplus = operands[most];
  if (surplus !== undefined) throw new UsageError(`There is one argument too many: “${surplus}”.`);
  const { help, version, ...options } = values;
  return { help: help === true, version: version === true, operands, options };
}

function parse(own: Readonly<Record<string, CommandOption>>): {
  values: Record<string, string | boolean | undefined>;
  positionals: string[];
} {
  const types = Object.entries(own).map(([name, { type }]) => [name, { type }] as const);
  try {
    return parseArgs({ options: { ...Object.fromEntries(types), ...OPTIONS }, allowPositionals: true });
  } catch (error) {
    // Such as “Unknown option '--foo'”; only parseArgs itself throws here.
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Vitrine's own version, as package.json says it. */
export function readVersion(): string {
  return JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')).version;
}
