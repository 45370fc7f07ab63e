/** The product's own log, with its redaction, heard instead of printed. */
import { pino } from 'pino';
import { createLog, type Log } from '../../src/log.ts';

/** pino's numbers for its levels. */
const ERROR = 50;

export type LogEntry = { level: number; msg?: string };

export type HeardLog = {
  log: Log;
  /** Every line so far, as it would have been printed. */
  lines: readonly string[];
  /** The messages of level error and above. */
  errors(): string[];
  /** The same with all that their lines say, for a failure that explains itself. */
  errorEntries(): LogEntry[];
};

/** @param secrets values that the log must not show, as the configuration names them */
export function hearLog(level: 'trace' | 'warn' = 'warn', secrets: readonly string[] = []): HeardLog {
  const lines: string[] = [];
  const log = createLog({ level, pretty: false, secrets });
  // pino names the stream that it writes to by a symbol, for those who must have another one.
  Object.assign(log, { [pino.symbols.streamSym]: { write: (line: string) => lines.push(line) } });
  const errorEntries = () =>
    lines.map((line): LogEntry => JSON.parse(line)).filter((entry) => entry.level >= ERROR);
  return { log, lines, errorEntries, errors: () => errorEntries().map((entry) => entry.msg ?? '') };
}
