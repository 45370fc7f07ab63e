/** Where the sandbox writes what happens: any logger that takes fields and a sentence, such as pino's. */
export type Log = Readonly<
  Record<'debug' | 'info' | 'warn' | 'error', (fields: object, message: string) => void>
>;
