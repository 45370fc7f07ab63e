/** What the global set-up hands to every test file of its project. */
export type TestDatabaseSource = { kind: 'embedded'; image: string } | { kind: 'server'; url: string };

declare module 'vitest' {
  interface ProvidedContext {
    testDatabase: TestDatabaseSource;
  }
}
